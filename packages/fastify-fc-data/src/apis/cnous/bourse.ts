import { Type } from 'typebox'
import { fields, known, nullable, number, text } from '../fields.ts'

/** Pieces shared by the versions of étudiant boursier. */
export const periodeVersement = fields({ date_rentree: text, duree: number })

export const etablissement = fields({ nom_commune: text, nom_etablissement: text })

export const echelon = fields({
  echelon: known('0bis', '1', '2', '3', '4', '5', '6', '7'),
  echelon_bourse_regionale_provisoire: Type.Boolean()
})

export const statut = fields({
  est_boursier: Type.Boolean(),
  est_radie: Type.Boolean(),
  date_radiation: nullable(text)
})
