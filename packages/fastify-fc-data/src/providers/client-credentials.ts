import { setTimeout as sleep } from 'node:timers/promises'
import { type Http, type HttpAnswer, HttpFailure } from 'franceconnect-protocol/http'
import { type FcDataErrorDetails, fcDataError } from '../errors.ts'
import { parseJson } from '../reading/json.ts'
import { notNowOf, retryAfterOf } from '../waiting/not-now.ts'

export interface ClientCredentialsOptions {
  /** `https:`, or `http:` on a loopback host. */
  tokenUrl: string
  clientId: string
  clientSecret: string
  /** Milliseconds for one token request. */
  timeout: number
}

interface Held {
  value: string
  /** Milliseconds since the epoch after which it is no longer handed out. */
  until: number
}

/** A provider's own token (RFC 6749 §4.4), one per scope, shared by every citizen's call. */
export interface ClientCredentials {
  /** The token for a scope, fetched once for everybody. Throws `FST_FC_DATA_CREDENTIALS_FAILED`. */
  get(scope: string): Promise<string>
  /**
   * Drops a token that the provider refused, at most once a minute. True when another one may do better: this one was
   * dropped, or is no longer the one that is handed out.
   */
  refuse(value: string): boolean
}

/** Life assumed where `expires_in` is absent, in seconds. */
const UNSAID = 60
/** Milliseconds between two renewals of refused tokens: the provider may refuse whatever it gives. */
const RENEWALS = 60_000
/** Milliseconds waited at most before a second token request. */
const LONGEST_WAIT = 2000

/** Renewed when a fifth of its life is left, and at least two seconds before its end. */
function usableUntil(now: number, expiresIn: unknown): number {
  const said = expiresIn === undefined ? UNSAID : Number(expiresIn)
  const life = Number.isFinite(said) ? Math.min(said, 86_400) : 0
  return now + Math.min(life * 800, life * 1000 - 2000)
}

function parse(text: string, now: number): Held | null {
  const { access_token: value, expires_in } = (parseJson(text.replace(/^\uFEFF/, '')) ?? {}) as Record<string, unknown>
  const safe = typeof value === 'string' && /^[\x21-\x7e]{1,8192}$/.test(value)
  return safe ? { value, until: usableUntil(now, expires_in) } : null
}

/** Milliseconds to wait before asking once more, `null` where that heals nothing. */
function waitAfter(outcome: HttpAnswer | HttpFailure): number | null {
  if (outcome instanceof HttpFailure) return outcome.reason === 'lost' ? 100 : null
  if (![429, 502, 503, 504].includes(outcome.status)) return null
  const asked = retryAfterOf(outcome.headers['retry-after'], Date.now())
  const wait = asked === undefined ? 200 + Math.random() * 200 : asked * 1000
  return wait <= LONGEST_WAIT ? wait : null
}

export function clientCredentials(provider: string, options: ClientCredentialsOptions, http: Http): ClientCredentials {
  const held = new Map<string, Held>()
  const flights = new Map<string, Promise<Held>>()
  let renewedAt = Number.NEGATIVE_INFINITY
  const authorization = `Basic ${Buffer.from(`${options.clientId}:${options.clientSecret}`).toString('base64')}`

  function failed(why: string, details: FcDataErrorDetails = {}, passing = false): never {
    const message = `${provider} gave no token for its own clientId and clientSecret: ${why}`
    const remedy = passing ? 'retry' : 'configuration'
    throw fcDataError('FST_FC_DATA_CREDENTIALS_FAILED', message, { provider, remedy, ...details })
  }

  async function ask(scope: string, deadline: number, alone: boolean): Promise<HttpAnswer | HttpFailure> {
    const body = new URLSearchParams({ grant_type: 'client_credentials', scope }).toString()
    const headers = { authorization, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
    try {
      return await http.exchange({ method: 'POST', url: options.tokenUrl, headers, body, deadline, alone })
    } catch (failure) {
      return failure instanceof HttpFailure ? failure : failed('no answer')
    }
  }

  async function fetchToken(scope: string): Promise<Held> {
    const asked = Date.now()
    const deadline = asked + options.timeout
    let outcome = await ask(scope, deadline, false)
    const wait = waitAfter(outcome)
    if (wait !== null && Date.now() + wait < deadline) {
      await sleep(wait)
      outcome = await ask(scope, deadline, true)
    }
    if (outcome instanceof HttpFailure) {
      return failed(outcome.message, {}, ['lost', 'timeout', 'aborted'].includes(outcome.reason))
    }
    const { status } = outcome
    if (status !== 200) {
      const retryAfter = notNowOf(outcome, undefined, Date.now())?.seconds
      failed(`status ${status}`, { providerStatusCode: status, retryAfter }, status === 429 || status >= 500)
    }
    return parse(outcome.text, asked) ?? failed('an answer without access_token', { providerStatusCode: status })
  }

  return {
    refuse(value) {
      const [scope] = [...held].find(([, token]) => token.value === value) ?? []
      if (scope === undefined) return true
      if (Date.now() - renewedAt < RENEWALS) return false
      renewedAt = Date.now()
      return held.delete(scope)
    },
    async get(scope) {
      const known = held.get(scope)
      if (known && known.until > Date.now()) return known.value
      let flight = flights.get(scope)
      if (!flight) {
        flight = fetchToken(scope).finally(() => flights.delete(scope))
        flights.set(scope, flight)
      }
      const token = await flight
      if (token.until > Date.now()) held.set(scope, token)
      return token.value
    }
  }
}
