import { fcDataError } from '../errors.ts'
import type { Params } from './params.ts'

/** Where a call goes. */
export interface Target {
  origin: string
  /** Path and query, encoded. */
  path: string
}

/** What a server that decodes `%2F` before it routes would climb by. */
const CLIMBS = /(^|[/\\])\.{1,2}([/\\]|$)/

/** `{name}`, as a parsed URL writes it. */
const PLACE = /%7B(\w+)%7D/gi

/** Values that change nothing to the shape of an address. */
const PLAIN = /^[\w-]+$/

const unfitForPath = (value: string) => value === '' || CLIMBS.test(value)

/**
 * Builds the addresses of an API: `{name}` in the path and the rest in the query, everything encoded, except what travels
 * elsewhere: the names given (headers), or all of it in the body. An address that would leave the path declared throws
 * `FST_FC_DATA_INVALID_PARAMS`.
 */
export function targets(
  api: string,
  url: string,
  query: Readonly<Record<string, string>>,
  elsewhere: readonly string[] | 'body'
): (params: Params) => Target {
  const { origin, pathname: template, search } = new URL(url)
  const names = [...template.matchAll(PLACE)].map(([, name]) => name!)
  const fixed = [...new URLSearchParams(search), ...Object.entries(query)]
  const start = fixed.length ? `?${new URLSearchParams(fixed)}` : ''
  const headers = elsewhere === 'body' ? [] : elsewhere
  const taken = new Set([...names, ...headers, ...fixed.map(([name]) => name)])

  const between = template.split(PLACE).filter((_, i) => i % 2 === 0)

  function pathOf(params: Params): string {
    let path = between[0]!
    for (const [i, name] of names.entries()) path += encodeURIComponent(String(params[name] ?? '')) + between[i + 1]
    if (names.every((name) => PLAIN.test(String(params[name] ?? '')))) return path
    const whole = new URL(origin + path)
    const unfit = names.some((name) => unfitForPath(String(params[name] ?? '')))
    if (!unfit && whole.origin === origin && whole.pathname === path) return path
    const message = `invalid parameters for "${api}": ${names.join(', ')} cannot be put in the path`
    throw fcDataError('FST_FC_DATA_INVALID_PARAMS', message, { api })
  }

  return (params) => {
    const path = names.length ? pathOf(params) : template
    if (elsewhere === 'body') return { origin, path: path + start }
    let queryString = start
    for (const [name, value] of Object.entries(params)) {
      if (taken.has(name)) continue
      queryString += `${queryString ? '&' : '?'}${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`
    }
    return { origin, path: path + queryString }
  }
}
