/** The two platforms: FranceConnect gives eidas1, FranceConnect+ gives eidas2 and eidas3. */
export type Platform = 'franceconnect' | 'franceconnect-plus'
export type Environment = 'integration' | 'production'

/** Issuers of the partner documentation; every endpoint is discovered under them. */
export const issuers: Record<Platform, Record<Environment, string>> = {
  franceconnect: {
    integration: 'https://fcp-low.sbx.dev-franceconnect.fr/api/v2',
    production: 'https://oidc.franceconnect.gouv.fr/api/v2'
  },
  'franceconnect-plus': {
    integration: 'https://auth.integ01.dev-franceconnect.fr/api/v2',
    production: 'https://auth.franceconnect.gouv.fr/api/v2'
  }
}

/** How long FranceConnect keeps a login going, in seconds: what an attempt may last. */
export const interactionSeconds: Record<Platform, number> = { franceconnect: 1800, 'franceconnect-plus': 600 }

/** Whether a host name is this machine: the only ones where http is let through. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}
