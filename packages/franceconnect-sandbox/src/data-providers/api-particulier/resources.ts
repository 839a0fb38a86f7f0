import { quotientFamilial } from './quotient-familial.ts'
import type { Resource } from './resource.ts'

/** Every data set of API Particulier that a FranceConnect token opens. */
export const resources: Resource[] = [quotientFamilial]
