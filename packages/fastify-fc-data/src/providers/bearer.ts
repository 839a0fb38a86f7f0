import type { Provider } from './provider.ts'

/** The plainest provider: FranceConnect's token as a Bearer (RFC 6750), bare JSON back. */
export function bearer(name: string): Provider {
  return { name, headers: ({ token }) => ({ authorization: `Bearer ${token}`, accept: 'application/json' }) }
}
