import { catalogueApi } from '../api.ts'
import { fields, text } from '../fields.ts'
import { periodeAVenir, periodeDuNir } from '../parameters.ts'
import { apiDroits, cetteRessource, notesBeneficiaire, toutesLesDonnees } from './convention.ts'

/** Droits : caisse de rattachement. Source: assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019). */
export const droitsCaisse = catalogueApi({
  name: 'cnam/droits-caisse',
  title: 'Droits : caisse de rattachement',
  ...apiDroits,
  path: '/v1/droits/beneficiaires/caisse',
  scopes: ['droits_assurance_maladie', 'cnam_caisse'],
  fields: {
    droits_assurance_maladie: toutesLesDonnees,
    cnam_caisse: cetteRessource
  },
  params: periodeDuNir,
  headers: ['nir'],
  rule: periodeAVenir,
  data: fields({
    adresse: fields({
      code_postal: text,
      commune: text,
      complement_adresse: text,
      destinataire: text,
      indice_repetition: text,
      mention_distribution: text,
      nom_voie: text,
      numero_voie: text,
      point_remise: text,
      type_voie: text
    }),
    codeCentre: text,
    grandRegime: text,
    id: text,
    libelle: text,
    organisme: text
  }),
  notes: notesBeneficiaire
})
