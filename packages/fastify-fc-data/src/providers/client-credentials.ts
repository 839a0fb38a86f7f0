import { fcDataError } from '../errors.ts'
import { type Http, HttpFailure } from '../http.ts'

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
  /** Drops what is held: the provider refused it. */
  forget(): void
}

/** Life assumed where `expires_in` is absent, in seconds. */
const UNSAID = 60

/** Renewed when a fifth of its life is left, and at least two seconds before its end. */
function usableUntil(now: number, expiresIn: unknown): number {
  const said = expiresIn === undefined ? UNSAID : Number(expiresIn)
  const life = Number.isFinite(said) ? Math.min(said, 86_400) : 0
  return now + Math.min(life * 800, life * 1000 - 2000)
}

function parse(text: string, now: number): Held | null {
  try {
    const { access_token: value, expires_in } = JSON.parse(text)
    const safe = typeof value === 'string' && /^[\x21-\x7e]{1,8192}$/.test(value)
    return safe ? { value, until: usableUntil(now, expires_in) } : null
  } catch {
    return null
  }
}

export function clientCredentials(provider: string, options: ClientCredentialsOptions, http: Http): ClientCredentials {
  const held = new Map<string, Held>()
  const flights = new Map<string, Promise<Held>>()
  const { origin, pathname, search } = new URL(options.tokenUrl)
  const authorization = `Basic ${Buffer.from(`${options.clientId}:${options.clientSecret}`).toString('base64')}`

  function failed(why: string, providerStatusCode?: number): never {
    const message = `${provider} gave no token for its own clientId and clientSecret: ${why}`
    throw fcDataError('FST_FC_DATA_CREDENTIALS_FAILED', message, { provider, providerStatusCode })
  }

  async function fetchToken(scope: string): Promise<Held> {
    const asked = Date.now()
    const body = new URLSearchParams({ grant_type: 'client_credentials', scope }).toString()
    const headers = { authorization, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await http
      .send({ method: 'POST', origin, path: pathname + search, headers, body, deadline: asked + options.timeout })
      .catch((error: unknown) => failed(error instanceof HttpFailure ? error.message : 'no answer'))
    if (answer.status !== 200) failed(`status ${answer.status}`, answer.status)
    return parse(answer.text, asked) ?? failed('an answer without access_token', answer.status)
  }

  return {
    forget: () => held.clear(),
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
