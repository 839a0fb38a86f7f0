import { generateKeyPair, type JsonWebKey } from 'node:crypto'
import { promisify } from 'node:util'
import type { Platform, SignatureAlgorithm } from './platform/platform.ts'

const generate = promisify(generateKeyPair)

/** A private signature key under the label that FranceConnect gives it. */
export type SignatureKey = JsonWebKey & { kid: string; alg: SignatureAlgorithm; use: 'sig' }

async function generated(algorithm: SignatureAlgorithm): Promise<JsonWebKey> {
  const pair =
    algorithm === 'ES256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 2048 })
  return pair.privateKey.export({ format: 'jwk' })
}

/** New signature keys for a platform; the labels (`kid`) are the same each time, as a signing module's are. */
export function signatureKeys(platform: Platform): Promise<SignatureKey[]> {
  return Promise.all(
    platform.signatureAlgorithms.map(async (alg) => ({
      ...(await generated(alg)),
      use: 'sig' as const,
      alg,
      kid: platform.kid(alg)
    }))
  )
}
