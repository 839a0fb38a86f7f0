import { franceConnectPlusScopes, franceConnectScopes, type ScopeTable } from './scopes.ts'

export type SignatureAlgorithm = 'ES256' | 'RS256'

/** What differs between FranceConnect and FranceConnect+. Times are in seconds. */
export interface Platform {
  name: 'franceConnect' | 'franceConnectPlus'
  title: 'FranceConnect' | 'FranceConnect+'
  /** Path of the issuer on the sandbox's origin. */
  prefix: string
  /** Every level of the two platforms, lowest first. */
  acrValues: string[]
  /** Level of a request that names none that exists. */
  defaultAcr: string
  /** Levels for which a living session spares the identity provider. */
  ssoAcrValues: string[]
  /** Life of a session and of an interaction. */
  sessionLife: number
  /** Whether any request prolongs the session, or only a login and a consent. */
  slidingSession: boolean
  /** Whether identity comes from the civil register, or from the identity provider with `rnipp_` beside. */
  identityFrom: 'register' | 'provider'
  encrypted: boolean
  /** Whether its server reads JSON bodies and nested parameters. */
  readsJson: boolean
  signatureAlgorithms: SignatureAlgorithm[]
  /** The label of the key in the signing module, which stays when the key changes. */
  kid(algorithm: SignatureAlgorithm): string
  amr: string[]
  /** The scopes that the discovery document lists. */
  scopes: ScopeTable
  /** Scopes that the platform knows besides, those of an API of one's own. */
  moreScopes: ScopeTable
  cookies: { session: string; provider: string; interaction: string; resume: string }
}

/** Levels of the eIDAS regulation as FranceConnect names them, lowest first. */
export const knownAcrValues = ['eidas1', 'eidas2', 'eidas3']

/** The same on both platforms: each has its path here, as each has its host in reality. */
const cookies = {
  session: 'fc_session_id',
  provider: '_session',
  interaction: '_interaction',
  resume: '_interaction_resume'
}

export const franceConnect: Platform = {
  name: 'franceConnect',
  title: 'FranceConnect',
  prefix: '/api/v2',
  acrValues: ['eidas1'],
  defaultAcr: 'eidas1',
  ssoAcrValues: ['eidas1'],
  sessionLife: 1800,
  slidingSession: true,
  identityFrom: 'register',
  encrypted: false,
  readsJson: true,
  signatureAlgorithms: ['ES256', 'RS256'],
  kid: (algorithm) => `pkcs11:${algorithm}:hsm`,
  amr: ['fc', 'pwd'],
  scopes: franceConnectScopes,
  moreScopes: {},
  cookies
}

export const franceConnectPlus: Platform = {
  name: 'franceConnectPlus',
  title: 'FranceConnect+',
  prefix: '/plus/api/v2',
  acrValues: ['eidas2', 'eidas3'],
  defaultAcr: 'eidas3',
  ssoAcrValues: ['eidas2'],
  sessionLife: 600,
  slidingSession: false,
  identityFrom: 'provider',
  encrypted: true,
  readsJson: false,
  signatureAlgorithms: ['ES256'],
  kid: () => 'pkcs11:hsm',
  amr: ['fc', 'pop', 'pin', 'mfa'],
  scopes: franceConnectPlusScopes,
  moreScopes: {},
  cookies
}

/** The platform with the scopes that FranceConnect's list lacks and that a service is granted or a data provider registered. */
export function withScopesOf(platform: Platform, granted: string[]): Platform {
  const unknown = granted.filter((scope) => !(scope in franceConnectScopes) && !(scope in franceConnectPlusScopes))
  return { ...platform, moreScopes: Object.fromEntries(unknown.map((scope) => [scope, [scope]])) }
}
