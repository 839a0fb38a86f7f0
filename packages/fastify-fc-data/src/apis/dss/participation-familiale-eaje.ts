import { catalogueApi } from '../api.ts'
import { amount, fields, integer, list, nullable, text } from '../fields.ts'
import { delegation } from '../parameters.ts'
import { adresse, personne, scopeIgnored } from './foyer.ts'

const identite = fields({ ...personne, code_cog_insee_commune_naissance: nullable(text) })

/** Participation familiale EAJE (crèches, ex-PSU). Source: datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml. */
export const participationFamilialeEaje = catalogueApi({
  name: 'dss/participation-familiale-eaje',
  title: 'Participation familiale EAJE (crèches, ex-PSU)',
  producer: 'CNAF & MSA',
  provider: 'apiParticulier',
  status: 'available',
  version: 'v3',
  path: '/v3/dss/participation_familiale_eaje/france_connect',
  scopes: [
    'cnav_participation_familiale_eaje_allocataires',
    'cnav_participation_familiale_eaje_enfants',
    'cnav_participation_familiale_eaje_adresse',
    'cnav_participation_familiale_eaje_parametres_calcul'
  ],
  fields: {
    cnav_participation_familiale_eaje_allocataires: 'data.allocataires',
    cnav_participation_familiale_eaje_enfants: 'data.enfants',
    cnav_participation_familiale_eaje_adresse: 'data.adresse',
    cnav_participation_familiale_eaje_parametres_calcul: 'data.parametres_calcul_participation_familiale'
  },
  params: delegation,
  data: fields({
    allocataires: list(identite),
    enfants: list(identite),
    adresse,
    parametres_calcul_participation_familiale: fields({
      nombre_enfants_a_charge: integer,
      nombre_enfants_beneficiaire_aeeh: integer,
      base_ressources_annuelles: fields({ valeur: amount, annee_calcul: integer })
    })
  }),
  nothing: { '37003': 'noneEligible', '40003': 'mayBeIncomplete' },
  notes: [
    '404 `37003`: the file was found and no child in it is under seven. A missing file gives 10003, 23003, 35003 or 40003.',
    'Children of seven and more are said to be filtered out; the code of April 2026 returns them all: count by birthdate.',
    'Fiche alert: for MSA the resource year is wrong (current year instead of N-2).',
    scopeIgnored
  ],
  sources: ['datagouv/apistration@b96c7219 (28 Apr 2026):commons/swagger/openapi-particulier.yaml']
})
