import type { Clock } from '../levers/clock.ts'
import type { SandboxClient } from '../registration/client.ts'
import { sectorIdentifier } from './client-metadata.ts'

interface Kept {
  body: ArrayBuffer
  status: number
  headers: [string, string][]
  until: number
}

const timeout = 6000
const shortestLife = 60

/** Seconds that an answer is kept: at least 60, longer when `max-age` or `Expires` says so, without a limit. */
function lifeOf(headers: Headers): number {
  const maxAge = Number(/max-age=(\d+)/.exec(headers.get('cache-control') ?? '')?.[1] ?? 0)
  const expires = Date.parse(headers.get('expires') ?? '')
  return Math.max(shortestLife, maxAge, Number.isNaN(expires) ? 0 : (expires - Date.now()) / 1000)
}

/**
 * The engine's way out: the key sets of FranceConnect+ clients, read within 6 seconds and kept on the sandbox's clock.
 * The lists of redirect addresses (sector identifiers) are answered here and never leave the process.
 */
export function clientKeysFetch(clients: SandboxClient[], clock: Clock): typeof fetch {
  const kept = new Map<string, Kept>()
  const sectors = new Map(clients.map((client) => [sectorIdentifier(client.clientId), client.redirectUris]))
  return async (input) => {
    const address = String(input)
    const redirectUris = sectors.get(address)
    if (redirectUris) return Response.json(redirectUris)
    const held = kept.get(address)
    if (held && held.until > clock.now()) return new Response(held.body, held)
    const response = await fetch(address, {
      headers: { accept: 'application/json', 'user-agent': 'node' },
      signal: AbortSignal.timeout(timeout)
    })
    const answer: Kept = {
      body: await response.arrayBuffer(),
      status: response.status,
      headers: [...response.headers].filter(([name]) => name === 'cache-control' || name === 'expires'),
      until: clock.now() + lifeOf(response.headers) * 1000
    }
    if (isJson(answer.body)) kept.set(address, answer)
    return new Response(answer.body, answer)
  }
}

function isJson(body: ArrayBuffer): boolean {
  try {
    JSON.parse(Buffer.from(body).toString('utf8'))
    return true
  } catch {
    return false
  }
}
