import type { FcDataData, FcDataMeta, FcDataResult } from '../apis/registry.ts'
import { type FcDataError, fcDataError, isFcDataError } from '../errors.ts'

/** What `request.fcData.try` gives: data, or the error that says what mends it. */
export type FcDataTried<N> =
  | { data: FcDataData<N>; meta: FcDataMeta; error: null }
  | { data: null; meta: null; error: FcDataError }

/** The developer's own mistakes, which no citizen nor provider can cause. */
const MISTAKES = /^FST_FC_DATA_(INVALID_OPTIONS|UNKNOWN_API|API_NOT_ENABLED)$/

function givenUp(api: string): FcDataError {
  return fcDataError('FST_FC_DATA_TIMEOUT', `the call of "${api}" was given up by its signal`, { api })
}

/** Turns what a provider or a citizen can cause into a result. */
export async function tried<N>(
  api: () => string,
  call: Promise<FcDataResult<N>>,
  signal: AbortSignal | undefined
): Promise<FcDataTried<N>> {
  try {
    return { ...(await call), error: null }
  } catch (error) {
    if (isFcDataError(error) && !MISTAKES.test(error.code)) return { data: null, meta: null, error }
    if (signal?.aborted && error === signal.reason) return { data: null, meta: null, error: givenUp(api()) }
    throw error
  }
}
