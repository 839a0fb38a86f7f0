import { boolean, fields, nullable, text } from '../fields.ts'

/** A contract of service civique. */
export const contrat = fields({
  contrat_trouve: boolean,
  organisme_accueil: fields({ siret: nullable(text), raison_sociale: nullable(text) }),
  date_debut_contrat: nullable(text),
  date_fin_contrat: nullable(text)
})
