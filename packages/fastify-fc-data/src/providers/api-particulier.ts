import type { ProviderError } from '../errors.ts'
import { NOTHING } from './api-particulier-codes.ts'
import type { Provider, ProviderFailure } from './provider.ts'

export interface ApiParticulierOptions {
  /** SIRET of the public body entitled to the data: never the software editor's. Sent with every call. */
  recipient: string
  /** Defaults to the platform that goes with the login's `environment`; required with `issuer`. */
  baseUrl?: string
}

/** Addresses of API Particulier. Source: `servers` of its OpenAPI (datagouv/apistration, 28 April 2026). */
export const API_PARTICULIER = {
  integration: 'https://staging.particulier.api.gouv.fr',
  production: 'https://particulier.api.gouv.fr'
} as const

interface Member {
  code?: unknown
  title?: unknown
  meta?: { retry_in?: unknown } | null
}

function members(body: unknown): Member[] {
  const list = (body as { errors?: unknown } | null | undefined)?.errors
  return Array.isArray(list) ? list.filter((member) => typeof member === 'object' && member !== null) : []
}

const RENEW = 'FranceConnect’s token is no longer accepted: send the citizen through FranceConnect again'

/** Codes of the platform (prefix 00) and of FranceConnect (50xxx until 2026, 51xxx and 515xx since). */
function byCode(code: string): ProviderFailure | undefined {
  if (/^(50003|51503)$/.test(code)) {
    const message =
      'the token lacks identity scopes: ask given_name family_name birthdate gender birthplace birthcountry'
    return { code: 'FST_FC_DATA_SCOPE_MISSING', message }
  }
  if (/^(50|51)\d{3}$/.test(code)) return undefined
  if (code === '00015') return { code: 'FST_FC_DATA_PROVIDER_ERROR', busy: true }
  if (code === '00100') {
    const message = 'none of the scopes of this API is in the habilitation: ask for them on DataPass'
    return { code: 'FST_FC_DATA_FORBIDDEN', message }
  }
  if (code === '00203' || code === '00210') {
    const message = 'providers.apiParticulier.recipient is refused: it must be the SIRET of the public body entitled'
    return { code: 'FST_FC_DATA_PROVIDER_ERROR', message }
  }
  if (code.startsWith('00')) return undefined
  switch (code.slice(2)) {
    case '001':
    case '004':
    case '020':
      return { code: 'FST_FC_DATA_UNAVAILABLE', message: 'the body behind API Particulier is down or in maintenance' }
    case '002':
      return { code: 'FST_FC_DATA_TIMEOUT', message: 'the body behind API Particulier did not answer in time' }
    case '008':
      return { code: 'FST_FC_DATA_RATE_LIMITED', message: 'the body behind API Particulier limits its calls' }
    default:
      return undefined
  }
}

/**
 * API Particulier: the FranceConnect token in place of its own one, `{ data, links, meta }` back, errors of five digits
 * (two of the provider, three of the case). Source: datagouv/apistration, commons/swagger/openapi-particulier.yaml.
 */
export function apiParticulier(options: ApiParticulierOptions): Provider {
  return {
    name: 'apiParticulier',
    query: { recipient: options.recipient },
    headers: ({ token, params }) => ({
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      // Its server keeps one month for a day, whatever month is asked.
      ...('annee' in params || 'mois' in params ? { 'cache-control': 'no-cache' } : {})
    }),
    unwrap: (body) => {
      const { data, meta } = (body ?? {}) as { data?: unknown; meta?: unknown }
      if (typeof data !== 'object' || data === null || Array.isArray(data)) return null
      return { data, meta: typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? { ...meta } : {} }
    },
    errors: (body) =>
      members(body).flatMap(({ code, title }): ProviderError[] =>
        typeof code === 'string' ? [typeof title === 'string' ? { code, title } : { code }] : []
      ),
    nothing: (status, errors) =>
      errors.some(({ code }) =>
        status === 404 ? /^(?!00)\d{5}$/.test(code) : status === 422 && Object.hasOwn(NOTHING, code)
      ),
    failure: (status, errors, body) => {
      const retryIn = members(body)
        .map((member) => member.meta?.retry_in)
        .find((wait) => typeof wait === 'number')
      const known = errors.map(({ code }) => byCode(code)).find((failure) => failure !== undefined)
      if (known) return { retryIn, ...known }
      if (status === 401) return { code: 'FST_FC_DATA_TOKEN_EXPIRED', message: RENEW }
      return undefined
    }
  }
}
