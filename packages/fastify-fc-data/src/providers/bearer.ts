import type { Provider } from './provider.ts'

/** The plainest provider: FranceConnect's token as a Bearer (RFC 6750), bare JSON back. */
export function bearer(name: string): Provider {
  return { name, headers: ({ token }) => ({ authorization: `Bearer ${token}`, accept: 'application/json' }) }
}

/** True for JSON: a page that says 404 comes from a gateway or from an address that is not the right one. */
export function isOfApi(body: unknown): body is object {
  return typeof body === 'object' && body !== null
}

/** What providers without documented errors say of somebody whom they do not know: a 404 in JSON. */
export function isUnknownThere(status: number, _: unknown, body: unknown): boolean {
  return status === 404 && isOfApi(body)
}
