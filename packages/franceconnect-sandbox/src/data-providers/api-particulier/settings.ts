import type { ErrorCodes } from './errors.ts'

/** What is not the same in all versions of API Particulier, or would be in the way on one machine. */
export interface ApiParticulierSettings {
  /** Generation of the error codes of FranceConnect tokens and identities; `'5150x'` by default. */
  errorCodes?: ErrorCodes
  /** Also counts the calls by IP address, 30 a minute and 600 an hour, 1,000 a minute in all; off by default. */
  limitPerAddress?: boolean
}
