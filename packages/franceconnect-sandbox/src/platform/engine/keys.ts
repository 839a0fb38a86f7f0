import { generateKeyPair, type JsonWebKey } from 'node:crypto'
import { promisify } from 'node:util'
import type { Platform, SignatureAlgorithm } from '../platform.ts'

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

const labelled = (platform: Platform, alg: SignatureAlgorithm, key: JsonWebKey): SignatureKey => ({
  ...key,
  use: 'sig',
  alg,
  kid: platform.kid(alg)
})

/** New signature keys for a platform; the labels (`kid`) are the same each time, as a signing module's are. */
export function signatureKeys(platform: Platform): Promise<SignatureKey[]> {
  return Promise.all(platform.signatureAlgorithms.map(async (alg) => labelled(platform, alg, await generated(alg))))
}

let firstRsaKey: Promise<JsonWebKey> | undefined

/**
 * The keys of a sandbox that starts. An RSA key takes long to find: the sandboxes of one process start with the same,
 * until their keys rotate. Tokens of one are still refused for another, whose issuer differs.
 */
export function firstSignatureKeys(platform: Platform): Promise<SignatureKey[]> {
  return Promise.all(
    platform.signatureAlgorithms.map(async (alg) => {
      if (alg !== 'RS256') return labelled(platform, alg, await generated(alg))
      firstRsaKey ??= generated(alg)
      return labelled(platform, alg, await firstRsaKey)
    })
  )
}
