import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { PlatformContext } from './context.ts'
import type { Platform } from './platform.ts'
import { sendJson, type Visit } from './visit.ts'

const generate = promisify(generateKeyPair)

const labels: Record<Platform['name'], string[]> = {
  franceConnect: ['ECDH-ES', 'RSA-OAEP-256'],
  franceConnectPlus: ['RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-256', 'RSA-OAEP-256', 'ECDH-ES']
}

async function published(alg: string) {
  const { publicKey }: { publicKey: KeyObject } =
    alg === 'ECDH-ES' ? await generate('ec', { namedCurve: 'P-256' }) : await generate('rsa', { modulusLength: 2048 })
  return { ...publicKey.export({ format: 'jwk' }), use: 'enc', alg }
}

const keys = new Map<Platform['name'], Promise<unknown[]>>()

/**
 * `GET /client/.well-known/keys`: the keys with which identity providers encrypt for FranceConnect. The simulated ones
 * send nothing encrypted: the keys are found when they are first asked for.
 */
export async function identityProviderKeys({ platform }: PlatformContext, { response }: Visit): Promise<void> {
  const { name } = platform
  if (!keys.has(name)) keys.set(name, Promise.all(labels[name].map(published)))
  response.setHeader('cache-control', 'public, max-age=600')
  sendJson(response, 200, { keys: await keys.get(name) })
}
