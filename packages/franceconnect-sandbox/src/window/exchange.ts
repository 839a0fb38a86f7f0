import type { IncomingHttpHeaders } from 'node:http'
import type { Captured } from '../levers/capture.ts'
import type { Note } from '../levers/notes.ts'

/** Who takes part in a login. */
export type Actor = 'browser' | 'service' | 'franceConnect' | 'dataProvider'

/** One request that the sandbox received, with its answer. */
export interface Exchange extends Captured {
  id: number
  /** Milliseconds since 1970 on the sandbox's clock, when it arrived and when it was answered. */
  at: number
  answeredAt: number
  from: Actor
  to: Actor
  /** `franceConnect`, `franceConnectPlus` or the data provider. */
  server: string
  api?: string
  method: string
  /** On the sandbox's origin. */
  path: string
  /** Under the platform's issuer, such as `/token`; the whole path elsewhere. */
  route: string
  query: URLSearchParams
  requestHeaders: IncomingHttpHeaders
  note: Note
}

const asksOf: [route: RegExp, from: Actor][] = [
  [/^\/(token|token\/revocation|userinfo|jwks|\.well-known\/.*)$/, 'service'],
  [/^\/checktoken$/, 'dataProvider']
]

/** Who sends a request to FranceConnect, by what it asks. */
export function senderOf(route: string): Actor {
  return asksOf.find(([pattern]) => pattern.test(route))?.[1] ?? 'browser'
}

/** The one value of an answer's header. */
export function answerHeader({ responseHeaders }: Exchange, name: string): string | undefined {
  const value = Object.entries(responseHeaders).find(([key]) => key.toLowerCase() === name)?.[1]
  return value === undefined ? undefined : [value].flat().map(String).join(', ')
}

/** A body of fields: a form's, or a JSON object's text members. */
export function fieldsIn(body: string, contentType: string | undefined): Record<string, string> {
  if (!/json/.test(contentType ?? '')) return Object.fromEntries(new URLSearchParams(body))
  const entries = Object.entries(objectIn(body)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string'
  )
  return Object.fromEntries(entries)
}

/** The object that a text says in JSON; an empty one when it says none. */
export function objectIn(body: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(body)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** The access token that a request carries: as a Bearer, in FranceConnect's own header, in its query or its body. */
export function tokenIn(exchange: Exchange): string | undefined {
  const { requestHeaders, query, requestBody, route } = exchange
  const own = requestHeaders['x-franceconnect-oauth']
  if (typeof own === 'string') return own.replace(/^Bearer /, '')
  if (route === '/checktoken' || route === '/token/revocation') {
    return fieldsIn(requestBody, requestHeaders['content-type']).token
  }
  return /^Bearer (.+)$/i.exec(requestHeaders.authorization ?? '')?.[1] ?? query.get('access_token') ?? undefined
}
