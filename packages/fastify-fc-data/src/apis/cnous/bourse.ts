import { boolean, fields, known, nullable, number, text } from '../fields.ts'

/** Pieces shared by the versions of étudiant boursier. */
export const periodeVersement = fields({ date_rentree: text, duree: number })

export const etablissement = fields({ nom_commune: text, nom_etablissement: text })

export const echelon = fields({
  echelon: known('0bis', '1', '2', '3', '4', '5', '6', '7'),
  echelon_bourse_regionale_provisoire: boolean
})

export const statut = fields({
  est_boursier: boolean,
  est_radie: boolean,
  date_radiation: nullable(text)
})
