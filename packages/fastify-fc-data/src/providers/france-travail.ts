import { bearer } from './bearer.ts'
import type { Provider } from './provider.ts'

export interface FranceTravailOptions {
  /** Address of the API, without the path. Public documentation gives none that could be verified. */
  baseUrl: string
}

/** France Travail: the FranceConnect token alone, as a Bearer; bare JSON back. Its errors are not documented publicly. */
export function franceTravail(): Provider {
  return bearer('franceTravail')
}
