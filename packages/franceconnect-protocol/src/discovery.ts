import { ProtocolError } from './errors.ts'
import type { Http } from './http/http.ts'
import { isLoopback } from './platforms.ts'

/** The members of the discovery document that are used (OpenID Connect Discovery 1.0 §3). */
export interface ProviderMetadata {
  issuer: string
  authorization_endpoint: string
  token_endpoint: string
  userinfo_endpoint: string
  jwks_uri: string
  end_session_endpoint?: string
  authorization_response_iss_parameter_supported?: boolean
}

export interface Discovery {
  /** The provider's metadata: kept once validated, one request shared by those who wait for it. */
  metadata(): Promise<ProviderMetadata>
}

export interface DiscoveryOptions {
  /** Members without which the document cannot be used. */
  required?: readonly string[]
  /** Sees the first document that was valid. */
  onFirst?: ((document: Record<string, unknown>) => void) | undefined
}

/** The endpoints that a service needs; a data provider needs `jwks_uri` alone. */
const ofService = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'] as const
/** Milliseconds. */
const fresh = 3_600_000

/**
 * Lazy discovery. What was validated stays usable: after an hour it is asked for again beside the request that needs it.
 * Throws `HttpFailure`, `ProtocolError` (`unavailable`) as long as nothing valid was ever received; the next one asks again.
 */
export function createDiscovery(
  issuer: string,
  http: Http,
  { required = ofService, onFirst }: DiscoveryOptions = {}
): Discovery {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  let kept: ProviderMetadata | null = null
  let keptAt = 0
  let pending: Promise<ProviderMetadata> | null = null

  function fetchMetadata(): Promise<ProviderMetadata> {
    pending ??= http
      .exchange({ method: 'GET', url, headers: { accept: 'application/json' }, redirect: 'answer' })
      .then(({ status, text }) => {
        if (status === 404) throw unusable(`${url} answered 404 (an issuer of FranceConnect ends in /api/v2)`)
        if (status !== 200) throw unusable(`${url} answered ${status}`)
        const document = parsed(text)
        const first = kept === null
        kept = validMetadata(document, issuer, required)
        if (first) onFirst?.(document as Record<string, unknown>)
        keptAt = performance.now()
        return kept
      })
      .finally(() => {
        pending = null
      })
    return pending
  }

  async function metadata(): Promise<ProviderMetadata> {
    if (kept === null) return fetchMetadata()
    if (performance.now() - keptAt > fresh) {
      keptAt = performance.now()
      fetchMetadata().catch(() => {})
    }
    return kept
  }

  return { metadata }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function unusable(problem: string): Error {
  return new ProtocolError('unavailable', `the discovery document cannot be used: ${problem}`)
}

/** Every endpoint lives on the issuer's own origin, as FranceConnect's do: a document cannot send secrets elsewhere. */
function validMetadata(document: unknown, issuer: string, required: readonly string[]): ProviderMetadata {
  if (typeof document !== 'object' || document === null) throw unusable('it is not a JSON object')
  const members = document as Record<string, unknown>
  if (members['issuer'] !== issuer) {
    throw unusable('its issuer is not exactly the one configured (compare them, trailing slash included)')
  }
  const metadata: Record<string, unknown> = { issuer }
  for (const name of [...ofService, 'end_session_endpoint']) {
    const endpoint = members[name]
    if (endpoint === undefined && !required.includes(name)) continue
    if (!isEndpoint(endpoint, issuer)) throw unusable(`${name} is not a URL of the issuer's origin`)
    metadata[name] = endpoint
  }
  metadata['authorization_response_iss_parameter_supported'] =
    members['authorization_response_iss_parameter_supported'] === true
  return metadata as unknown as ProviderMetadata
}

function isEndpoint(value: unknown, issuer: string): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const url = new URL(value)
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  return safe && url.origin === new URL(issuer).origin && url.username === '' && url.password === ''
}
