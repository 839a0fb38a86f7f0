import { entries } from './apis/entries.ts'
import type { EnabledApi } from './enabled-api.ts'
import { fcDataError } from './errors.ts'

const catalogued = new Set<string>(entries.map((entry) => entry.name))

/**
 * The enabled API of a name, or of what `defineApi` returned. Throws `FST_FC_DATA_UNKNOWN_API` or
 * `FST_FC_DATA_API_NOT_ENABLED`; a name that nobody declared is not repeated.
 */
export function enabledApi(apis: ReadonlyMap<string, EnabledApi>, given: unknown): EnabledApi {
  const name = typeof given === 'object' && given !== null ? (given as { name?: unknown }).name : given
  const api = typeof name === 'string' ? apis.get(name) : undefined
  if (api) return api
  if (typeof name === 'string' && catalogued.has(name)) {
    const message = `"${name}" is not in the apis option of fastify-fc-data`
    throw fcDataError('FST_FC_DATA_API_NOT_ENABLED', message, { api: name })
  }
  throw fcDataError('FST_FC_DATA_UNKNOWN_API', `no such API; enabled: ${[...apis.keys()].join(', ')}`)
}
