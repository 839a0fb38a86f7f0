import { bearer, isUnknownThere } from './bearer.ts'
import type { Provider } from './provider.ts'

export interface FranceTravailOptions {
  /** Address of the API, without the path. Public documentation gives none that could be verified. */
  baseUrl: string
}

/**
 * France Travail: the FranceConnect token alone, as a Bearer; bare JSON back. Its errors are not documented publicly: a
 * 404 in JSON is taken as that of somebody who is not registered.
 */
export function franceTravail(): Provider {
  return { ...bearer('franceTravail'), nothing: isUnknownThere }
}
