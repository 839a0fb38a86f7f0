import type { ProviderMetadata } from 'franceconnect-protocol/discovery'
import * as openid from 'openid-client'
import { failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import type { Answer } from './answer.ts'
import { checkIdToken, type IdTokenClaims } from './id-token.ts'
import type { Provider } from './provider.ts'
import { codeGrantFailure, userInfoFailure } from './refusals.ts'
import { traced } from './steps.ts'
import { readTokenAnswer, type Tokens, tokensOf } from './token-answer.ts'
import type { Exchange } from './transport.ts'
import { checkUserInfo, readUserInfoAnswer, type UserInfoClaims } from './userinfo-answer.ts'

/** What one attempt expects of the answer. */
export interface Expected {
  nonce: string
  /** PKCE verifier, when the option `pkce` is on. */
  codeVerifier?: string
  acrValues: Settings['acrValues']
}

export interface Verified {
  idTokenClaims: IdTokenClaims
  userInfo: UserInfoClaims
  tokens: Tokens
}

/** The OpenID Connect protocol, spoken by openid-client; everything that it leaves unchecked is checked here. */
export interface Client {
  /** Without what changes at each attempt, so that the URL of the last one serves again: the caller joins it. */
  authorizationUrl(parameters: Record<string, string>): Promise<string>
  /** Code, ID Token, userinfo: two exchanges, everything verified. Throws errors of the table. */
  login(callbackQuery: URLSearchParams, state: string, expected: Expected): Promise<Verified>
  /** `null` when the provider has no end of session, or cannot be reached. */
  endSessionUrl(parameters: Record<string, string>): Promise<string | null>
  codeChallenge(verifier: string): Promise<string>
  ready(): Promise<void>
}

export function createClient(settings: Settings, redirectUri: string, doors: Provider): Client {
  let built: { metadata: ProviderMetadata; config: openid.Configuration } | null = null
  let asked: { config: openid.Configuration; parameters: string; href: string } | null = null

  async function configuration(): Promise<openid.Configuration> {
    const metadata = await doors.discovery.metadata()
    if (built?.metadata === metadata) return built.config
    const config = new openid.Configuration(
      { ...metadata },
      settings.clientId,
      {
        id_token_signed_response_alg: settings.idTokenSignedResponseAlg,
        userinfo_signed_response_alg: settings.idTokenSignedResponseAlg,
        // openid-client refuses a JWT at the very second that the tolerance ends
        [openid.clockTolerance]: settings.clockTolerance + 1
      },
      openid.ClientSecretPost(settings.clientSecret)
    )
    config.timeout = 0
    config[openid.customFetch] = (url, options) => open(metadata, url, options) as unknown as Promise<Response>
    if (settings.issuer.startsWith('http:')) openid.allowInsecureRequests(config)
    built = { metadata, config }
    return config
  }

  async function open(metadata: ProviderMetadata, url: string, options: openid.CustomFetchOptions): Promise<Answer> {
    const exchange: Exchange = { method: options.method === 'POST' ? 'POST' : 'GET', headers: options.headers }
    if (options.body instanceof URLSearchParams) exchange.body = options.body.toString()
    const isToken = url === metadata.token_endpoint
    const { platform } = settings
    const answer = await traced(isToken ? 'token' : 'userinfo', platform, async (trace) => {
      const answer = await doors.transport.exchange(url, exchange)
      trace.status = answer.status
      return answer
    })
    if (answer.status !== 200) return answer
    return traced('verification', platform, () =>
      isToken ? readTokenAnswer(answer, doors) : readUserInfoAnswer(answer, doors)
    )
  }

  async function grant(config: openid.Configuration, query: URLSearchParams, state: string, expected: Expected) {
    try {
      return await openid.authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), {
        expectedState: state,
        expectedNonce: expected.nonce,
        idTokenExpected: true,
        ...(expected.codeVerifier === undefined ? {} : { pkceCodeVerifier: expected.codeVerifier })
      })
    } catch (error) {
      throw codeGrantFailure(error)
    }
  }

  async function userInfo(config: openid.Configuration, accessToken: string, sub: string): Promise<UserInfoClaims> {
    try {
      return checkUserInfo(await openid.fetchUserInfo(config, accessToken, sub), settings)
    } catch (error) {
      throw userInfoFailure(error)
    }
  }

  return {
    async authorizationUrl(given) {
      const config = await configuration()
      const parameters = JSON.stringify(given)
      if (asked?.config !== config || asked.parameters !== parameters)
        asked = { config, parameters, href: openid.buildAuthorizationUrl(config, given).href }
      return asked.href
    },
    async login(query, state, expected) {
      const config = await configuration()
      if (!query.has('iss') && built?.metadata.authorization_response_iss_parameter_supported) {
        throw failure('FST_FC_CALLBACK_INVALID', 'its iss is missing')
      }
      const answer = await grant(config, query, state, expected)
      const tokens = tokensOf(answer)
      const idTokenClaims = checkIdToken(answer.claims(), tokens, expected, settings)
      return { tokens, idTokenClaims, userInfo: await userInfo(config, tokens.accessToken, idTokenClaims.sub) }
    },
    async endSessionUrl(parameters) {
      const config = await configuration().catch(() => null)
      if (config === null || built?.metadata.end_session_endpoint === undefined) return null
      const url = openid.buildEndSessionUrl(config, parameters)
      url.searchParams.delete('client_id')
      return url.href
    },
    codeChallenge: (verifier) => openid.calculatePKCECodeChallenge(verifier),
    async ready() {
      await configuration()
    }
  }
}
