import { isLoopback } from './environments.ts'
import { failure } from './errors.ts'
import type { Transport } from './http/transport.ts'

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

const required = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'] as const
const fresh = 3_600_000

/**
 * Lazy discovery. What was validated stays usable: after an hour it is asked for again beside the login that needs it.
 * Throws `FST_FC_UNAVAILABLE` as long as nothing valid was ever received; the next login asks again. `onFirst` sees the
 * first document that was valid.
 */
export function createDiscovery(
  issuer: string,
  transport: Transport,
  onFirst: (document: Record<string, unknown>) => void = () => {}
): Discovery {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  let kept: ProviderMetadata | null = null
  let keptAt = 0
  let pending: Promise<ProviderMetadata> | null = null

  function fetchMetadata(): Promise<ProviderMetadata> {
    pending ??= transport
      .exchange(url, { method: 'GET', headers: { accept: 'application/json' } })
      .then(async (answer) => {
        if (answer.status !== 200) throw unusable(`it answered ${answer.status}`)
        const document: unknown = await answer.json().catch(() => null)
        const first = kept === null
        kept = validMetadata(document, issuer)
        if (first) onFirst(document as Record<string, unknown>)
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

function unusable(problem: string): Error {
  return failure('FST_FC_UNAVAILABLE', `the discovery document cannot be used: ${problem}`)
}

/** Every endpoint lives on the issuer's own origin, as FranceConnect's do: a document cannot send secrets elsewhere. */
function validMetadata(document: unknown, issuer: string): ProviderMetadata {
  if (typeof document !== 'object' || document === null) throw unusable('it is not a JSON object')
  const members = document as Record<string, unknown>
  if (members['issuer'] !== issuer) {
    throw unusable('its issuer is not exactly the one configured (compare them, trailing slash included)')
  }
  const metadata: Record<string, unknown> = { issuer }
  for (const name of [...required, 'end_session_endpoint']) {
    const endpoint = members[name]
    if (endpoint === undefined && name === 'end_session_endpoint') continue
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
