import type { Decrypt } from 'franceconnect-protocol/decryption'
import { HttpFailure, ProtocolError } from 'franceconnect-protocol/errors'
import { type Http, type HttpAnswer, mediaType } from 'franceconnect-protocol/http'
import type { Keys } from 'franceconnect-protocol/keys'
import { claimsOf, type SignatureCheck } from 'franceconnect-protocol/signature'
import { type FcProviderErrorCode, failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import { type Introspection, readIntrospection } from './introspection.ts'

/** What came of one question to FranceConnect. Failures are told, not thrown: several requests may share them. */
export type Outcome = { introspection: Introspection } | { code: FcProviderErrorCode; message: string }

/** Asks FranceConnect about a token, once. Never rejects but with `HttpFailure` (`aborted`). */
export type Ask = (token: string, signal?: AbortSignal) => Promise<Outcome>

export interface AskDoors {
  http: Http
  keys: Keys
  decrypt: Decrypt
  signature: SignatureCheck
}

/** Characters of an answer: FranceConnect's are under four thousand. */
const longest = 65_536
const types = [undefined, 'JWT', 'token-introspection+jwt']

export function createAsk(settings: Settings, { http, keys, decrypt, signature }: AskDoors): Ask {
  const url = `${settings.issuer.replace(/\/$/, '')}/checktoken`
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/token-introspection+jwt',
    'user-agent': 'fastify-fc-provider'
  }
  const credentials = new URLSearchParams({ client_id: settings.clientId, client_secret: settings.clientSecret })

  /** Tokens asked about at this moment. */
  const asking = new Set<string>()

  async function open(jwt: string, token: string, sentAt: number): Promise<Outcome> {
    const jws = await signature.verify(await decrypt(jwt))
    if (!types.includes(jws.header['typ'] as string | undefined)) return invalid('its typ is that of another JWT')
    const claims = claimsOf(jws)
    // FranceConnect's jti is the token itself: two answers that changed places give nobody the other's identity
    const jti = (claims['token_introspection'] as { jti?: unknown } | null | undefined)?.jti
    if (typeof jti === 'string' && jti !== token && asking.has(jti)) return invalid('it is about another token')
    const reading = readIntrospection(claims, sentAt, settings)
    if (reading === 'inactive') {
      return { code: 'FST_FC_PROVIDER_TOKEN_INVALID', message: 'The access token is not active' }
    }
    return 'problem' in reading ? invalid(reading.problem) : { introspection: reading }
  }

  async function read(answer: HttpAnswer, token: string, sentAt: number): Promise<Outcome> {
    if (answer.status !== 200) return refused(answer.status)
    if (mediaType(answer) !== 'application/token-introspection+jwt') return invalid('its content type is another')
    const jwt = answer.text.trim()
    return jwt.length > longest ? invalid(`it is over ${longest} characters`) : open(jwt, token, sentAt)
  }

  return async (token, signal) => {
    const sentAt = Date.now()
    asking.add(token)
    // beside the question, so that the first access waits for both together
    keys.current().catch(() => undefined)
    try {
      const body = `${credentials}&token=${encodeURIComponent(token)}`
      const answer = await http.exchange({
        method: 'POST',
        url,
        headers,
        body,
        redirect: 'answer',
        ...(signal && { signal })
      })
      return await read(answer, token, sentAt)
    } catch (error) {
      return outcomeOf(error)
    } finally {
      asking.delete(token)
    }
  }
}

function invalid(problem: string): Outcome {
  return { code: 'FST_FC_PROVIDER_INVALID_RESPONSE', message: `The answer of checktoken is not acceptable: ${problem}` }
}

/** 401 is about our own client, whatever the token (recorded on FranceConnect): never "expired". */
function refused(status: number): Outcome {
  if (status === 401) {
    const message = 'FranceConnect refused clientId or clientSecret (checktoken answered 401)'
    return { code: 'FST_FC_PROVIDER_CREDENTIALS_FAILED', message }
  }
  if (status === 429 || status >= 500) {
    const keys =
      status === 500 ? ': it answers so too when it finds no key at jwks_uri for the registered algorithm' : ''
    const message = `checktoken is not available (it answered ${status}${keys})`
    return { code: 'FST_FC_PROVIDER_UNAVAILABLE', message }
  }
  return invalid(`status ${status}`)
}

const unreached = ['timeout', 'lost', 'tls', 'proxy', 'dispatcher']

function outcomeOf(error: unknown): Outcome {
  if (error instanceof HttpFailure) {
    if (error.reason === 'aborted') throw error
    if (unreached.includes(error.reason)) {
      return { code: 'FST_FC_PROVIDER_UNAVAILABLE', message: `FranceConnect cannot be reached: ${error.message}` }
    }
    return invalid(error.message)
  }
  if (!(error instanceof ProtocolError)) throw error
  if (error.reason === 'not-opened') {
    const message =
      'None of decryptionKeys opens the answer of checktoken: keep a key listed until FranceConnect reads the next one'
    return { code: 'FST_FC_PROVIDER_CREDENTIALS_FAILED', message }
  }
  if (error.reason === 'unavailable') return { code: 'FST_FC_PROVIDER_UNAVAILABLE', message: error.message }
  return invalid(error.message)
}

/** Throws the failure that an outcome tells. */
export function introspectionOf(
  outcome: Outcome,
  challenge: (code: FcProviderErrorCode) => Record<string, string>
): Introspection {
  if ('introspection' in outcome) return outcome.introspection
  throw failure(outcome.code, outcome.message, { headers: challenge(outcome.code) })
}
