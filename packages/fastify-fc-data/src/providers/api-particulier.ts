import { caseOf, NOTHING } from '../reading/api-particulier-codes.ts'
import { errorsOfBody, failureOfBody } from './api-particulier-failure.ts'
import type { Provider } from './provider.ts'

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
    errors: errorsOfBody,
    nothing: (status, errors) =>
      status === 404
        ? errors.some(({ code }) => /^(?!00)\d{5}$/.test(code) && caseOf(code) === undefined)
        : status === 422 && errors.some(({ code }) => Object.hasOwn(NOTHING, code)),
    failure: failureOfBody
  }
}
