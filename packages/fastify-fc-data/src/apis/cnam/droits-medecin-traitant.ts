import { catalogueApi } from '../api.ts'
import { fields, text } from '../fields.ts'
import { periodeAVenir, periodeDuNir } from '../parameters.ts'
import { apiDroits, cetteRessource, notesBeneficiaire, toutesLesDonnees } from './convention.ts'

/** Droits : médecin traitant. Source: assurance-maladie-digital/api-droits-fs-doc@556e4de3:documentation-open-api.yaml (8 Jul 2019). */
export const droitsMedecinTraitant = catalogueApi({
  name: 'cnam/droits-medecin-traitant',
  title: 'Droits : médecin traitant',
  ...apiDroits,
  path: '/v1/droits/beneficiaires/medecin-traitant',
  scopes: ['droits_assurance_maladie', 'cnam_medecin_traitant', 'cnam_presence_medecin_traitant'],
  fields: {
    droits_assurance_maladie: toutesLesDonnees,
    cnam_medecin_traitant: cetteRessource,
    cnam_presence_medecin_traitant: cetteRessource
  },
  params: periodeDuNir,
  headers: ['nir'],
  rule: periodeAVenir,
  data: fields({ date_debut: text, date_fin: text, nom: text, numero_am: text, prenom: text }),
  notes: notesBeneficiaire
})
