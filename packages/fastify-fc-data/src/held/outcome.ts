import { detailsOf, type FcDataError, type FcDataErrorCode, fcDataError } from '../errors.ts'
import type { Answer } from '../reading/answer.ts'

/** What is kept of an error. */
export type KeptError = { code: FcDataErrorCode; message: string } & ReturnType<typeof detailsOf>

/** What became of a call: its answer, its error when it was made at the callback, or that it is still under way. */
export type Outcome = { answer: Answer } | { error: KeptError } | { pending: true }

/** Seconds that the outcome of a call made at the callback is kept for the page that asked for it. */
export const KEPT_FOR_THE_PAGE = 60

export function keptError(error: FcDataError): KeptError {
  return { code: error.code, message: error.message, ...detailsOf(error) }
}

export function errorOf({ code, message, ...details }: KeptError): FcDataError {
  return fcDataError(code, message, details)
}

/** Seconds that an error is kept: no longer than the provider asks to wait, and long enough for the page to come. */
export function lifeOfError({ retryAfter = KEPT_FOR_THE_PAGE }: KeptError): number {
  return Math.min(KEPT_FOR_THE_PAGE, Math.max(1, retryAfter))
}
