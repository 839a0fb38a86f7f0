import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { CompactEncrypt, importJWK } from 'jose'
import t from 'tap'
import { createDecrypt } from '../../src/jwt/decryption.ts'
import {
  decryptionKeyProblem,
  type KeyEncryptionAlgorithm,
  keyEncryptionAlgorithms,
  publicKeys
} from '../../src/jwt/decryption-keys.ts'

const pair = (kty: string) =>
  (kty === 'EC'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 })
  ).privateKey.export({ format: 'jwk' })
const keys: Record<KeyEncryptionAlgorithm, JsonWebKey> = {
  'ECDH-ES': pair('EC'),
  'RSA-OAEP': pair('RSA'),
  'RSA-OAEP-256': pair('RSA')
}

async function encrypted(jwk: JsonWebKey, header: { alg: string; enc: string; kid?: string }): Promise<string> {
  const [key] = publicKeys([jwk]).keys
  const made = new CompactEncrypt(Buffer.from('a.signed.jwt')).setProtectedHeader(header)
  return made.encrypt(await importJWK(key!, header.alg))
}

t.test('what is encrypted for one of the keys opens, with and without a kid', async (t) => {
  for (const alg of keyEncryptionAlgorithms) {
    const jwk = { ...keys[alg], kid: 'k', alg }
    const decrypt = createDecrypt([{ ...pair(String(jwk.kty)), kid: 'newer' }, jwk], [alg])
    t.equal(await decrypt(await encrypted(jwk, { alg, enc: 'A256GCM' })), 'a.signed.jwt', alg)
    t.equal(await decrypt(await encrypted(jwk, { alg, enc: 'A256GCM', kid: 'k' })), 'a.signed.jwt', `${alg}, kid`)
    const other = await encrypted(jwk, { alg, enc: 'A256GCM', kid: 'other' })
    await t.rejects(decrypt(other), { name: 'ProtocolError', reason: 'not-opened' })
  }
})

t.test('another algorithm, another key, no encryption', async (t) => {
  const jwk = keys['RSA-OAEP']
  const decrypt = createDecrypt([jwk], ['RSA-OAEP-256'])
  await t.rejects(decrypt(await encrypted(jwk, { alg: 'RSA-OAEP', enc: 'A256GCM' })), {
    name: 'ProtocolError',
    reason: 'encryption'
  })
  await t.rejects(decrypt(await encrypted(jwk, { alg: 'RSA-OAEP-256', enc: 'A128GCM' })), {
    name: 'ProtocolError',
    reason: 'encryption'
  })
  const foreign = await encrypted(pair('RSA'), { alg: 'RSA-OAEP-256', enc: 'A256GCM' })
  await t.rejects(decrypt(foreign), { name: 'ProtocolError', reason: 'not-opened' })
  await t.rejects(decrypt('a.signed.jwt'), { name: 'ProtocolError', reason: 'not-encrypted' })
  await t.rejects(decrypt('a.b.c.d.e'), { name: 'ProtocolError', reason: 'encryption' })
  await t.rejects(createDecrypt([])(foreign), { name: 'ProtocolError', reason: 'encrypted' })
  t.equal(await createDecrypt([])('a.signed.jwt'), 'a.signed.jwt')
})

t.test('what is wrong with a key, without its value', async (t) => {
  t.equal(decryptionKeyProblem(keys['ECDH-ES'], 'ECDH-ES'), null)
  t.equal(decryptionKeyProblem(keys['RSA-OAEP'], 'RSA-OAEP-256'), null)
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' })
  const wrong: [jwk: unknown, registered: KeyEncryptionAlgorithm | undefined, problem: RegExp][] = [
    [null, undefined, /not a JWK/],
    [{}, undefined, /not a private JWK/],
    [publicKeys([keys['ECDH-ES']]).keys[0], undefined, /not a private JWK/],
    [{ ...keys['ECDH-ES'], use: 'sig' }, undefined, /not for encryption/],
    [{ ...keys['ECDH-ES'], kid: 3 }, undefined, /kid/],
    [{ ...keys['ECDH-ES'], alg: 'RSA-OAEP' }, undefined, /does not fit an EC key/],
    [{ ...keys['RSA-OAEP'], alg: 'ECDH-ES' }, undefined, /does not fit an RSA key/],
    [keys['RSA-OAEP'], 'ECDH-ES', /is an RSA key, which does not serve ECDH-ES/],
    [keys['ECDH-ES'], 'RSA-OAEP', /is an EC key, which does not serve RSA-OAEP/],
    [{ ...keys['RSA-OAEP'], alg: 'RSA-OAEP' }, 'RSA-OAEP-256', /another alg than RSA-OAEP-256/],
    [weak, undefined, /under 2048 bits/],
    [generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), undefined, /neither/]
  ]
  for (const [jwk, registered, problem] of wrong) t.match(decryptionKeyProblem(jwk, registered), problem)
})

t.test('what is published holds nothing private, under the registered algorithm', async (t) => {
  const [key] = publicKeys([keys['ECDH-ES']], 'ECDH-ES').keys
  t.strictSame(Object.keys(key!).sort(), ['alg', 'crv', 'kty', 'use', 'x', 'y'])
  t.match(key, { alg: 'ECDH-ES', use: 'enc' })
})
