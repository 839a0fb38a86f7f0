import type { FastifyReply, FastifyRequest } from 'fastify'
import { publicKeys } from 'franceconnect-protocol/decryption-keys'
import type { PrivateJwk } from '../options/options.ts'

/** FranceConnect+ keeps what it read as long as this says, and at least as long: an older key must stay accepted until then. */
const seconds = 60

/** The public halves of `decryptionKeys`, read by FranceConnect+ when it answers. */
export function jwksRoute(decryptionKeys: readonly PrivateJwk[]) {
  const body = JSON.stringify(publicKeys(decryptionKeys))
  return async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply
      .header('content-type', 'application/jwk-set+json')
      .header('cache-control', `public, max-age=${seconds}`)
      .send(body)
}
