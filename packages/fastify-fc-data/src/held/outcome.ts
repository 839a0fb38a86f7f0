import { detailsOf, type FcDataError, type FcDataErrorCode, fcDataError } from '../errors.ts'
import type { Answer } from '../reading/answer.ts'

/** What is kept of an error, and when it came (milliseconds since the epoch). */
export type KeptError = { code: FcDataErrorCode; message: string; at?: number } & ReturnType<typeof detailsOf>

/** What became of a call: its answer, its error when it was made at the callback, or that it is still under way. */
export type Outcome = { answer: Answer } | { error: KeptError } | { pending: true }

/** Seconds that the outcome of a call made at the callback is kept for the page that asked for it. */
export const KEPT_FOR_THE_PAGE = 60

export function keptError(error: FcDataError): KeptError {
  return { code: error.code, message: error.message, at: Date.now(), ...detailsOf(error) }
}

/** The error again, with the wait that is left. */
export function errorOf({ code, message, at = Date.now(), ...details }: KeptError): FcDataError {
  const { retryAfter } = details
  const left = retryAfter === undefined ? {} : { retryAfter: Math.max(1, retryAfter - (Date.now() - at) / 1000) }
  return fcDataError(code, message, { ...details, ...left })
}

/** Seconds that an error is kept: no longer than the provider asks to wait, and long enough for the page to come. */
export function lifeOfError({ retryAfter = KEPT_FOR_THE_PAGE }: KeptError): number {
  return Math.min(KEPT_FOR_THE_PAGE, Math.max(1, retryAfter))
}
