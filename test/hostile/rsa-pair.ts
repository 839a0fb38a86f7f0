import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../node_modules/.cache/test-keys/', import.meta.url))

/** A real RSA pair of 2,048 bits, made once for all the test processes of a machine: it takes long to find. */
export function rsaPair(name: string): KeyPairKeyObjectResult {
  const file = `${folder}${name}.pem`
  const privateKey = createPrivateKey(kept(file) ?? made(file))
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

function kept(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Renamed into place, so that no process reads half a key. */
function made(file: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, pem, { mode: 0o600 })
  renameSync(`${file}.${process.pid}`, file)
  return pem
}
