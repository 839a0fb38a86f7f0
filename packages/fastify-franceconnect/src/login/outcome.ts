/** How a callback ended without a login: what the browser, and the store for a while, keep of it, sealed. */
export interface Ended {
  /** Code of the error. */
  code: string
  /** The attempt's, for the log and for another try. */
  attempt: string
  returnTo: string
  /** Where the application's refusal sends the citizen. */
  landing?: string
}
