import { claimsOf } from '../citizens/claims.ts'
import type { People } from '../citizens/people.ts'
import { subject } from '../citizens/subject.ts'
import type { SandboxClient } from '../registration/client.ts'
import { clientMetadata } from './client-metadata.ts'
import type { SignatureKey } from './engine/keys.ts'
import type { Configuration, KoaContextWithOIDC } from './engine/provider.ts'
import type { EngineStore } from './engine/store.ts'
import type { Platform } from './platform.ts'

/** The account that the engine knows: a citizen, by the identity provider that was used. */
export const accountId = (idpUid: string, citizenId: string): string => `${idpUid} ${citizenId}`

/** The citizen of an account. */
export const citizenIdOf = (account: string): string => account.slice(account.indexOf(' ') + 1)

/** The identity provider of an account. */
export const idpUidOf = (account: string): string => account.slice(0, account.indexOf(' '))

export interface EngineSetup {
  platform: Platform
  issuer: string
  people: People
  clients: SandboxClient[]
  keys: SignatureKey[]
  store: EngineStore
  cookieKeys: string[]
  fetch: NonNullable<Configuration['fetch']>
  renderError: NonNullable<Configuration['renderError']>
  renderLogout(ctx: KoaContextWithOIDC, form: string): void
  renderLoggedOut(ctx: KoaContextWithOIDC): void
}

/** The engine's settings, those of FranceConnect: life times in seconds, algorithms, claims, features. */
export function engineConfiguration(setup: EngineSetup): Configuration {
  const { platform, clients, people, store } = setup
  const cookie = { path: platform.prefix, httpOnly: true, sameSite: 'lax' as const }
  const signing = platform.encrypted ? (['ES256'] as const) : (['HS256', 'ES256', 'RS256'] as const)
  const clientOf = (id: string) => clients.find(({ clientId }) => clientId === id)
  const registered = (id: string) => {
    const client = clientOf(id)
    return client && clientMetadata(platform, client)
  }
  return {
    adapter: (model) =>
      model === 'Client' ? { ...store.adapter(model), find: async (id) => registered(id) } : store.adapter(model),
    acrValues: platform.acrValues,
    claims: { ...platform.scopes, ...platform.moreScopes, acr: null, sid: null, auth_time: null, iss: null },
    clientAuthMethods: ['client_secret_post', 'private_key_jwt'],
    clientBasedCORS: () => false,
    cookies: {
      keys: setup.cookieKeys,
      names: {
        session: platform.cookies.provider,
        interaction: platform.cookies.interaction,
        resume: platform.cookies.resume
      },
      long: cookie,
      short: cookie
    },
    enabledJWA: {
      clientAuthSigningAlgValues: platform.signatureAlgorithms,
      dPoPSigningAlgValues: platform.signatureAlgorithms,
      idTokenSigningAlgValues: signing,
      userinfoSigningAlgValues: signing,
      idTokenEncryptionAlgValues: ['ECDH-ES', 'RSA-OAEP', 'RSA-OAEP-256'],
      idTokenEncryptionEncValues: ['A256GCM'],
      userinfoEncryptionAlgValues: ['ECDH-ES', 'RSA-OAEP', 'RSA-OAEP-256'],
      userinfoEncryptionEncValues: ['A256GCM']
    },
    acceptQueryParamAccessTokens: true,
    features: {
      claimsParameter: { enabled: true },
      devInteractions: { enabled: false },
      encryption: { enabled: platform.encrypted },
      jwtUserinfo: { enabled: true },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: setup.renderLogout,
        postLogoutSuccessSource: setup.renderLoggedOut
      }
    },
    fetch: setup.fetch,
    findAccount: (_ctx, account) => {
      const citizen = people.find(citizenIdOf(account))
      return (
        citizen && {
          accountId: account,
          claims: () => ({ sub: account, ...claimsOf(platform, citizen, idpUidOf(account)) })
        }
      )
    },
    interactions: { url: (_ctx, { uid }) => `${setup.issuer}/interaction/${uid}` },
    jwks: { keys: setup.keys },
    pairwiseIdentifier: (_ctx, account, client) => {
      const citizen = people.find(citizenIdOf(account))
      if (!citizen) throw new Error('account without citizen')
      return subject(citizen, clientOf(client.clientId)?.entityId ?? client.clientId)
    },
    pkce: { required: () => false },
    renderError: setup.renderError,
    responseTypes: ['code'],
    routes: {
      authorization: '/authorize',
      end_session: '/session/end',
      jwks: '/jwks',
      revocation: '/token/revocation',
      token: '/token',
      userinfo: '/userinfo'
    },
    scopes: ['openid'],
    subjectTypes: ['pairwise'],
    ttl: {
      AccessToken: 60,
      AuthorizationCode: 30,
      Grant: 30,
      IdToken: 60,
      Interaction: platform.sessionLife,
      Session: platform.sessionLife
    }
  }
}
