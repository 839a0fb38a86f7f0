import { etudiants } from './etudiants.ts'
import { foyers } from './foyers.ts'
import { immatriculation } from './immatriculation.ts'
import { prestations } from './prestations.ts'
import { quotientFamilial } from './quotient-familial.ts'
import type { Resource } from './resource.ts'
import { services } from './services.ts'

/** Every data set of API Particulier that a FranceConnect token opens. */
export const resources: Resource[] = [
  quotientFamilial,
  ...prestations,
  ...foyers,
  ...etudiants,
  ...services,
  immatriculation
]
