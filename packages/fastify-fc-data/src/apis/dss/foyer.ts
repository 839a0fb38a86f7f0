import { fields, known, nullable, text } from '../fields.ts'

/** Pieces shared by the answers of the CAF and the MSA. */
export const identite = fields({
  nom_naissance: text,
  nom_usage: nullable(text),
  prenoms: text,
  date_naissance: text,
  sexe: known('F', 'M')
})

export const adresse = fields({
  destinataire: text,
  complement_information: nullable(text),
  complement_information_geographique: nullable(text),
  numero_libelle_voie: nullable(text),
  lieu_dit: nullable(text),
  code_postal_ville: text,
  pays: text
})
