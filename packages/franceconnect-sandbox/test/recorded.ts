import { readFileSync } from 'node:fs'
import type { Step } from '../src/levers/walk/browser.ts'

export type PlatformName = 'franceconnect' | 'franceconnect-plus'

/** A recording of FranceConnect's own server. */
export function recording<T>(platform: PlatformName, name: string): T {
  return JSON.parse(readFileSync(new URL(`recordings/${platform}/${name}.json`, import.meta.url), 'utf8')) as T
}

const recordedOrigins = /https:\/\/(core|fip1)-fc?p?-?(low|high)\.docker\.dev-franceconnect\.fr/g

/** A recorded text in which FranceConnect's address is the sandbox's, and what is random is left out. */
export function portable(text: string, issuer: string): string {
  return text
    .replace(/https:\/\/core-fcp-(low|high)\.docker\.dev-franceconnect\.fr\/api\/v2/g, issuer)
    .replace(recordedOrigins, new URL(issuer).origin)
    .replace(/&id=[0-9a-f-]{36}/g, '&id=…')
}

/** What was noted of one answer. */
export interface RecordedAnswer {
  status: number
  type?: string | null
  json?: Record<string, unknown>
  body?: string
  page?: string
  errorCode?: string
  backLink?: string
  location?: string | null
  params?: Record<string, string>
  'cache-control'?: string
  'www-authenticate'?: string
}

const random = /^([0-9a-f]{64}|[\w-]{43}|…)$/

/** The same notes of an answer of the sandbox. */
export async function noted(response: Response): Promise<Required<RecordedAnswer>> {
  const text = await response.text()
  const type = response.headers.get('content-type')
  const location = response.headers.get('location')
  const url = location === null ? undefined : new URL(location, response.url || undefined)
  return {
    status: response.status,
    type,
    json: type?.startsWith('application/json') && text !== '' ? JSON.parse(text) : {},
    body: text,
    page: text,
    errorCode: />(Y[0-9A-F]{6,7})</.exec(text)?.[1] ?? '',
    backLink: (/id="back-to-sp-link" href="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&'),
    location: url ? url.origin + url.pathname : null,
    params: url ? Object.fromEntries(url.searchParams) : {},
    'cache-control': response.headers.get('cache-control') ?? '',
    'www-authenticate': response.headers.get('www-authenticate') ?? ''
  }
}

const masked = (params: Record<string, string>) =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, random.test(value) ? '…' : value]))

const linkParts = (link: string) => {
  const { searchParams } = new URL(link.replaceAll(/(?<==)[^&]+/g, encodeURIComponent), 'http://any')
  return Object.fromEntries(
    ['error', 'error_description', 'redirect_uri'].map((name) => [
      name,
      decodeURIComponent((searchParams.get(name) ?? '').replaceAll('+', ' '))
    ])
  )
}

interface Comparer {
  same(actual: unknown, expected: unknown, ...message: [message: string] | []): unknown
}

/** Compares an answer with what FranceConnect answered, in everything that was recorded and that a client can tell. */
export async function sameAnswer(
  t: Comparer,
  response: Response,
  expected: RecordedAnswer,
  issuer: string,
  message: string
): Promise<void> {
  const actual = await noted(response)
  t.same(actual.status, expected.status, `${message}: status`)
  if (expected.type) t.same(actual.type, expected.type, `${message}: content type`)
  if (expected.body?.startsWith('<!doctype')) t.same(actual.body.slice(0, 9), '<!doctype', `${message}: a page`)
  for (const header of ['cache-control', 'www-authenticate'] as const) {
    const value = expected[header]
    if (value !== undefined) t.same(actual[header], portable(value, issuer), `${message}: ${header}`)
  }
  if (expected.errorCode) t.same(actual.errorCode, expected.errorCode, `${message}: code`)
  if (expected.location) t.same(actual.location, portable(expected.location, issuer), `${message}: location`)
  if (expected.params) t.same(masked(actual.params), masked(mapped(expected.params, issuer)), `${message}: parameters`)
  if (expected.backLink) t.same(linkParts(actual.backLink), linkParts(expected.backLink), `${message}: link back`)
  if (expected.errorCode && !expected.backLink) t.same(actual.backLink, '', `${message}: no link back`)
  if (expected.json?.error_description)
    t.same(json(actual.json, issuer), json(expected.json, issuer), `${message}: JSON`)
}

const mapped = (params: Record<string, string>, issuer: string) =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, portable(value, issuer)]))

const json = (value: Record<string, unknown>, issuer: string) => JSON.parse(portable(JSON.stringify(value), issuer))

/** The same for a step of the browser, of which only the status, the page and the redirect were kept. */
export function sameStep(t: Comparer, step: Step, expected: RecordedAnswer, issuer: string, message: string) {
  const headers: Record<string, string> = step.location === undefined ? {} : { location: step.location }
  const { type: _type, 'cache-control': _cacheControl, ...kept } = expected
  return sameAnswer(t, new Response(step.text, { status: step.status, headers }), kept, issuer, message)
}
