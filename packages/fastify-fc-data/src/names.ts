import { didYouMean } from 'franceconnect-protocol/nearest'
import { entries } from './apis/entries.ts'
import type { EnabledApi } from './enabled-api.ts'
import { fcDataError } from './errors.ts'

const catalogued: readonly string[] = entries.map((entry) => entry.name)

/** What the name of an API is written with: anything else may be hostile, and is not repeated. */
const NAME = /^[\w@/-]{1,64}$/

/** How an error names an API that was asked: `"ville/solde"`, or nothing of it. */
export function shownName(given: unknown): string {
  return typeof given === 'string' && NAME.test(given) ? `"${given}"` : 'that name'
}

/**
 * The enabled API of a name, or of what `defineApi` returned. Throws `FST_FC_DATA_UNKNOWN_API` or
 * `FST_FC_DATA_API_NOT_ENABLED`.
 */
export function enabledApi(apis: ReadonlyMap<string, EnabledApi>, given: unknown): EnabledApi {
  const name = typeof given === 'object' && given !== null ? (given as { name?: unknown }).name : given
  const api = typeof name === 'string' ? apis.get(name) : undefined
  if (api) return api
  if (typeof name === 'string' && catalogued.includes(name)) {
    const message = `"${name}" is not in the apis option of fastify-fc-data`
    throw fcDataError('FST_FC_DATA_API_NOT_ENABLED', message, { api: name })
  }
  const names = [...new Set([...apis.keys(), ...catalogued])]
  const close = typeof name === 'string' && NAME.test(name) ? didYouMean(name, names) : ''
  const shown = shownName(name)
  throw fcDataError('FST_FC_DATA_UNKNOWN_API', `${shown} is no API of the catalogue nor of the apis option${close}`)
}
