import { fcDataError } from '../errors.ts'
import type { EnabledApi } from '../options/enabled-api.ts'
import type { Params } from './params.ts'
import type { Target } from './target.ts'

/** A call whose name and parameters were checked. */
export interface Call {
  api: EnabledApi
  params: Params
  /** Where it goes. */
  target: Target
  /** Identifies the call within a login. */
  key: string
}

/** Checks a call. Throws `FST_FC_DATA_INVALID_PARAMS`. */
export function callOf(api: EnabledApi, given: unknown): Call {
  const params = api.checkParams(given === undefined ? {} : given)
  return { api, params, target: api.target(params), key: JSON.stringify([api.name, params]) }
}

/** Alternatives are asked one after the other until one has data, so there are few. */
const MAX_ALTERNATIVES = 5

/** The calls that parameters name: one, or for an array of parameters its alternatives, each once. */
export function callsOf(api: EnabledApi, given: unknown): [Call, ...Call[]] {
  if (!Array.isArray(given)) return [callOf(api, given)]
  const calls = new Map(given.map((one) => callOf(api, one)).map((call) => [call.key, call]))
  const [first, ...others] = calls.values()
  if (first && others.length < MAX_ALTERNATIVES) return [first, ...others]
  const message = `invalid parameters for "${api.name}": from one to ${MAX_ALTERNATIVES} alternatives`
  throw fcDataError('FST_FC_DATA_INVALID_PARAMS', message, { api: api.name })
}
