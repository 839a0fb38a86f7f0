import type { Citizen } from './citizen.ts'
import { publicSet } from './public-set.ts'
import { refusals } from './refusals.ts'
import { situations } from './situations.ts'

/** The citizens of a sandbox that was given none. */
export const builtInCitizens: Citizen[] = [...publicSet, ...situations, ...refusals]
