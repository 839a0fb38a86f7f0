import type { FastifyContextConfig, FastifyInstance, FastifySchema } from 'fastify'
import { publicKeys } from 'franceconnect-protocol/decryption-keys'
import type { Settings } from '../options/options.ts'

/**
 * The public halves of `decryptionKeys`. FranceConnect reads them at each checktoken and keeps nothing: neither must what
 * stands in front, or a rotation would not be seen.
 */
export function jwksRoute(app: FastifyInstance, settings: Settings): void {
  const body = JSON.stringify(publicKeys(settings.decryptionKeys, settings.encryptedResponseAlg))
  const schema: FastifySchema & { hide: boolean } = { hide: true }
  const config: FastifyContextConfig & { rateLimit: boolean } = { rateLimit: false }
  app.get(settings.jwksPath, { schema, config }, async (_request, reply) =>
    reply.header('content-type', 'application/jwk-set+json').header('cache-control', 'no-store').send(body)
  )
}
