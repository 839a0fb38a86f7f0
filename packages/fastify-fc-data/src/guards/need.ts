import { type Call, callsOf } from '../calls/call.ts'
import type { EnabledApi } from '../options/enabled-api.ts'

/** The calls of one need: the first that has data will do. */
export type Alternatives = readonly [Call, ...Call[]]

/** What fits in the attempt's cookie, as the login plugin takes it. */
const MAX_NEEDS = 5
const MAX_NEEDS_BYTES = 1536

/** No API has this name. */
const EARLIER = '@'

/** Name of the API and its parameters, or alternatives of them, as they travel in the attempt. */
export function needText([call, ...others]: Alternatives): string {
  const { api, params } = call
  return JSON.stringify([api.name, others.length > 0 ? [call, ...others].map((one) => one.params) : params])
}

/**
 * What travels with a login: needs, and the login that it replaces, whose answers the new one goes on with when it is the
 * same citizen's.
 */
export function travelling(needs: readonly Alternatives[], earlier: string | null): string[] {
  let bytes = 0
  return [...needs.slice(0, MAX_NEEDS).map(needText), ...(earlier === null ? [] : [JSON.stringify([EARLIER, earlier])])]
    .slice(0, MAX_NEEDS)
    .filter((text) => {
      bytes += Buffer.byteLength(text)
      return bytes <= MAX_NEEDS_BYTES
    })
}

function parsed(text: string): [unknown, unknown] | null {
  try {
    const value = JSON.parse(text)
    return Array.isArray(value) ? [value[0], value[1]] : null
  } catch {
    return null
  }
}

/** The login that this one was started to replace. */
export function earlierOf(needs: readonly string[]): string | null {
  const found = needs.map(parsed).find((need) => need?.[0] === EARLIER)
  return typeof found?.[1] === 'string' ? found[1] : null
}

/** The calls that a need names; `null` for what is no longer an enabled API with good parameters. */
export function alternativesOf(text: string, apis: ReadonlyMap<string, EnabledApi>): Alternatives | null {
  const [name, params] = parsed(text) ?? []
  const api = typeof name === 'string' ? apis.get(name) : undefined
  try {
    return api ? callsOf(api, params) : null
  } catch {
    return null
  }
}
