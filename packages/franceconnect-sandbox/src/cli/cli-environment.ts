import { errors } from '../errors.ts'
import { publishedHost } from '../levers/published-host.ts'
import { builtInClient } from '../platform/built-in-clients.ts'
import { secret } from '../platform/engine/sessions.ts'
import { franceConnect } from '../platform/platform.ts'
import { checkOptions, type SandboxOptions } from '../registration/options.ts'

/**
 * What `--env` prints: a `.env` for a service that will meet a sandbox started with the same options, under the names
 * that fastify-franceconnect's guides and doctor read. The session's secret is new each time.
 *
 * @throws FST_FC_SANDBOX_INVALID_OPTIONS
 */
export function environment(options: SandboxOptions): string {
  checkOptions(options)
  const { port = 4000, clients, baseUrl: given = 'http://localhost:3000' } = options
  if (port === 0) throw new errors.invalidOptions('--env needs a port known beforehand: --port 4000')
  const baseUrls = [given].flat()
  const { clientId, clientSecret } = clients?.[0] ?? builtInClient(baseUrls, [])
  return `# Le FranceConnect de franceconnect-sandbox, sur cette machine. Ce fichier ne va pas dans le dépôt.
FC_ISSUER=http://${publishedHost(options)}:${port}${franceConnect.prefix}
FC_CLIENT_ID=${clientId}
FC_CLIENT_SECRET=${clientSecret}
FC_BASE_URL=${baseUrls[0]}
SESSION_SECRET=${secret()}
`
}
