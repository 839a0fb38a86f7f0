import { fields, known, nullable, text } from '../fields.ts'

/** Somebody, as the CAF and the MSA write people. */
export const personne = {
  nom_naissance: text,
  nom_usage: nullable(text),
  prenoms: text,
  date_naissance: text,
  sexe: known('F', 'M')
}

export const identite = fields(personne)

export const adresse = fields({
  destinataire: text,
  complement_information: nullable(text),
  complement_information_geographique: nullable(text),
  numero_libelle_voie: nullable(text),
  lieu_dit: nullable(text),
  code_postal_ville: text,
  pays: text
})

/** What a 404 of a benefit tells, and what it does not. Source: datagouv/apistration, docs/cnav-suivi-erreurs.md (2026). */
export const benefit404 =
  'A 404 does not prove that the person draws nothing: with `40003` the fund may not have answered, and a right may take up to 30 days to appear (seen for the C2S, suspected for the others).'

export const benefitNothing = { '40003': 'mayBeIncomplete' } as const

export const scopeIgnored =
  'The scope is absent from FranceConnect’s public source of 24 February 2026, which ignores unknown scopes: when the citizen’s token comes back without it, ask FranceConnect’s support.'
