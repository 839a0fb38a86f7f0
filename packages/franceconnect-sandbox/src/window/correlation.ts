import { createHash } from 'node:crypto'
import { answerHeader, type Exchange, fieldsIn, objectIn, tokenIn } from './exchange.ts'

const brief = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22)

/** The cookies by which FranceConnect and FranceConnect+ know a browser. */
const sessionCookie = /(?:^|[;,]\s*)(?:fc|fcplus)_session_id=([^;,\s]+)/g

const sessionsIn = (text: string | undefined) =>
  [...(text ?? '').matchAll(sessionCookie)].map(([, value]) => `session ${brief(value!)}`)

const interactionIn = (text: string) => {
  const uid = /\/(?:interaction|authorize)\/([^/?#]+)/.exec(text)?.[1]
  return uid === undefined ? [] : [`interaction ${uid}`]
}

const kept = (name: string, value: string | null | undefined) => (value ? [`${name} ${brief(value)}`] : [])

/** What a request carries that names its login, the surest first. */
export function namesAsked(exchange: Exchange): string[] {
  const { path, query, requestBody, requestHeaders, route } = exchange
  const fields = exchange.method === 'POST' ? fieldsIn(requestBody, requestHeaders['content-type']) : {}
  return [
    ...interactionIn(path),
    ...(route === '/token' ? kept('code', fields.code) : []),
    ...kept('token', tokenIn(exchange)),
    ...kept('id token', query.get('id_token_hint') ?? fields.id_token_hint),
    ...sessionsIn(requestHeaders.cookie)
  ]
}

/** What an answer gives that later requests will carry. */
export function namesGiven(exchange: Exchange): string[] {
  const location = answerHeader(exchange, 'location') ?? ''
  const tokens = exchange.route === '/token' ? objectIn(exchange.responseBody) : {}
  const text = (name: string) => (typeof tokens[name] === 'string' ? tokens[name] : undefined)
  return [
    ...interactionIn(location),
    ...kept('code', URL.canParse(location) ? new URL(location).searchParams.get('code') : undefined),
    ...kept('token', text('access_token')),
    ...kept('id token', text('id_token')),
    ...sessionsIn(answerHeader(exchange, 'set-cookie'))
  ]
}

/** Whether a request begins a login: FranceConnect's `authorize`, and not its continuation. */
export const begins = ({ route }: Exchange): boolean => route === '/authorize'
