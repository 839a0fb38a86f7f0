import type { ProviderError } from '../errors.ts'
import * as codes from '../reading/api-particulier-codes.ts'
import type { ProviderFailure } from './provider.ts'

interface Member {
  code?: unknown
  title?: unknown
  meta?: { retry_in?: unknown } | null
}

function members(body: unknown): Member[] {
  const list = (body as { errors?: unknown } | null | undefined)?.errors
  return Array.isArray(list) ? list.filter((member) => typeof member === 'object' && member !== null) : []
}

/** A code of five digits; written as a number it has lost its zeros. */
function codeOf(code: unknown): string | null {
  if (typeof code === 'string') return code
  const inFive = Number.isInteger(code) && (code as number) >= 0 && (code as number) < 1e5
  return inFive ? String(code).padStart(5, '0') : null
}

/** Codes and titles of an error body. */
export function errorsOfBody(body: unknown): ProviderError[] {
  return members(body).flatMap((member): ProviderError[] => {
    const code = codeOf(member.code)
    if (code === null) return []
    return [typeof member.title === 'string' ? { code, title: member.title } : { code }]
  })
}

/** `meta.retry_in`, in seconds, whatever the code and the status, of an error or of the whole: the longest one. */
function retryInOf(body: unknown): number | undefined {
  const waits = [...members(body), (body ?? {}) as Member]
    .map(({ meta }) => meta?.retry_in)
    .map((wait) => (typeof wait === 'string' && /^\d+(\.\d+)?$/.test(wait) ? Number(wait) : wait))
    .filter((wait): wait is number => typeof wait === 'number' && Number.isFinite(wait) && wait >= 0)
  return waits.length > 0 ? Math.max(...waits) : undefined
}

type Meaning = Omit<ProviderFailure, 'retryIn'>

const has = (table: Readonly<Record<string, string>>, code: string) => Object.hasOwn(table, code)
/** Where nothing more than the code is public, the status's own advice is given. */
const saying = (text: string | undefined) => (text ? { message: text } : {})

function of401(code: string): Meaning | undefined {
  if (codes.TOKEN_OVER.has(code)) return { code: 'FST_FC_DATA_TOKEN_EXPIRED' }
  if (codes.IDENTITY_SCOPES_MISSING.has(code)) {
    const message =
      'the token lacks identity scopes: ask given_name family_name birthdate gender birthplace birthcountry'
    return { code: 'FST_FC_DATA_SCOPE_MISSING', message }
  }
  return has(codes.TOKEN_REFUSED, code)
    ? { code: 'FST_FC_DATA_TOKEN_REFUSED', ...saying(codes.TOKEN_REFUSED[code]) }
    : undefined
}

function of403(code: string): Meaning | undefined {
  return has(codes.FORBIDDEN, code) ? { code: 'FST_FC_DATA_FORBIDDEN', ...saying(codes.FORBIDDEN[code]) } : undefined
}

function of422(code: string): Meaning | undefined {
  if (codes.IDENTITY_NOT_MATCHED.has(code)) {
    const message = 'the body behind API Particulier cannot match this identity: let the citizen give it by hand'
    return { code: 'FST_FC_DATA_IDENTITY_NOT_MATCHED', message }
  }
  return has(codes.REFUSED_PARAMETERS, code)
    ? { code: 'FST_FC_DATA_PROVIDER_ERROR', remedy: 'configuration', ...saying(codes.REFUSED_PARAMETERS[code]) }
    : undefined
}

/** A server's failure, refined by its code: the status says that there is one, the code which. */
function of5xx(code: string): Meaning | undefined {
  switch (codes.caseOf(code)) {
    case 'down':
    case 'maintenance':
      return { code: 'FST_FC_DATA_UNAVAILABLE', message: 'the body behind API Particulier is down or in maintenance' }
    case 'timeout':
      return { code: 'FST_FC_DATA_TIMEOUT', message: 'the body behind API Particulier did not answer in time' }
    default:
      return undefined
  }
}

/** Every refusal of API Particulier has a code: one without comes from in front of it. */
const FOREIGN: Meaning = {
  code: 'FST_FC_DATA_FORBIDDEN',
  message:
    'the answer is not one of API Particulier: a firewall or a proxy in front of it refuses this server (its address, or what it sends)'
}

function meaningOf(status: number, code: string): Meaning | undefined {
  if (status === 401) return of401(code)
  if (status === 403) return of403(code)
  if (status === 409 && code === codes.BUSY) {
    return { code: 'FST_FC_DATA_PROVIDER_ERROR', busy: true, message: 'the same call is still being served' }
  }
  if (codes.caseOf(code) === 'rateLimit') {
    return { code: 'FST_FC_DATA_RATE_LIMITED', message: 'the body behind API Particulier limits its calls' }
  }
  if (status === 422) return of422(code)
  return status >= 500 ? of5xx(code) : undefined
}

/** What an error answer of API Particulier means: the HTTP status says the family, the code refines it. */
export function failureOfBody(
  status: number,
  errors: readonly ProviderError[],
  body: unknown
): ProviderFailure | undefined {
  const retryIn = retryInOf(body)
  const coded = errors.map(({ code }) => meaningOf(status, code)).find((meaning) => meaning !== undefined)
  const known = status === 403 && errors.length === 0 ? FOREIGN : coded
  return known || retryIn !== undefined ? { ...known, retryIn } : undefined
}
