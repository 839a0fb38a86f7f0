import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { clientId, clientSecret, decryptionKey, scopes, startFranceConnect, startTown } from '../town.ts'

const cli = fileURLToPath(new URL('../../dist/cli/cli.js', import.meta.url))

function run(args: string[], env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { env: { PATH: process.env.PATH ?? '', ...env } }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

function configuration(t: Test, content: unknown): string {
  const path = join(t.testdir(), 'fc.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

t.test('help, and commands that are badly written', async (t) => {
  const help = await run(['--help'])
  t.match(help, { code: 0, out: /Usage : fastify-fc-provider sheet\|doctor\|key/ })
  for (const args of [[], ['fiche'], ['sheet', '--nope'], ['key', '--alg', 'A']]) t.equal((await run(args)).code, 2)
})

t.test('sheet: what FranceConnect has to register, before it gives anything', async (t) => {
  const config = configuration(t, {
    fcProvider: { scopes },
    title: 'Ville de Test',
    baseUrl: 'https://api.ville.example/fc/'
  })
  const { code, out } = await run(['sheet', '--config', config])
  t.equal(code, 0)
  for (const text of [
    'Ville de Test',
    'https://api.ville.example/fc/franceconnect/data-provider/jwks',
    'ES256',
    'ECDH-ES',
    'A256GCM',
    'ville_solde    Solde de la cantine'
  ]) {
    t.match(out, text)
  }
  const json = JSON.parse(
    (await run(['sheet', '--json'], { FC_SCOPES: '{"a":"A"}', FC_ENCRYPTED_RESPONSE_ALG: 'RSA-OAEP' })).out
  )
  t.match(json, { title: null, jwks_uri: null, scopes: { a: 'A' }, checktoken_encrypted_response_alg: 'RSA-OAEP' })
  const bad = await run(['sheet'])
  t.match(bad, { code: 1, out: /option "scopes" is missing/ })
  t.match(await run(['sheet', '--config', 'nowhere.json']), {
    code: 1,
    out: /nowhere.json ne peut pas être lu : ENOENT/
  })
  t.match(await run(['sheet'], { FC_SCOPES: '{' }), { code: 1, out: /n’est pas du JSON/ })
})

t.test('key: a private key that the plugin takes', async (t) => {
  const key = JSON.parse((await run(['key'])).out)
  t.match(key, { kty: 'EC', crv: 'P-256', use: 'enc', alg: 'ECDH-ES', kid: /^[\w-]{43}$/ })
  const { sandbox } = await startFranceConnect(t)
  await startTown(t, { issuer: sandbox.issuer, decryptionKeys: [key] })
})

t.test('doctor', async (t) => {
  const { sandbox, front } = await startFranceConnect(t)
  const key = decryptionKey()
  const town = await startTown(t, { issuer: sandbox.issuer, decryptionKeys: [key] })
  front.target = town.url
  const good = { issuer: sandbox.issuer, clientId, clientSecret, decryptionKeys: [key], scopes }
  const examine = async (fcProvider: object, baseUrl = town.url, more: string[] = []) => {
    const { code, out } = await run([
      'doctor',
      '--json',
      '--config',
      configuration(t, { fcProvider, baseUrl }),
      ...more
    ])
    t.notMatch(out, clientSecret)
    return { code, found: JSON.parse(out).findings.map((finding: { code: string }) => finding.code) as string[] }
  }
  t.strictSame(await examine(good), { code: 0, found: ['key-route', 'check-token'] })
  t.strictSame((await examine(good, town.url, ['--offline'])).found, [])
  t.strictSame((await examine({ ...good, decryptionKeys: [decryptionKey()] })).found, [
    'key-route-foreign',
    'key-mismatch'
  ])
  t.match(await examine({ ...good, clientSecret: 'short' }), {
    code: 1,
    found: ['secret-short', 'key-route', 'secret-refused']
  })
  t.match(await examine({ ...good, signedResponseAlg: 'RS256' }), { found: ['key-route', 'check-token-invalid'] })
  t.match(await examine(good, 'http://127.0.0.1:1'), { found: ['key-route-unreachable', 'check-token'] })
  t.match(await examine(good, `${town.url}/nowhere`), { found: ['key-route-status', 'check-token'] })
  t.match(await examine(good, 'x'), { found: ['base-url-missing', 'check-token'] })
  t.match(await examine({ ...good, issuer: 'http://127.0.0.1:1' }), { found: ['key-route', 'issuer-unreachable'] })
  t.match(await examine({ ...good, issuer: undefined, environment: 'production' }, town.url, ['--offline']), {
    found: ['base-url-local']
  })
  t.match(await examine({ ...good, scopes: {} }), { code: 1, found: ['options-invalid'] })
  front.target = 'http://127.0.0.1:1'
  t.match(await examine(good), { found: ['key-route', 'check-token-500'] })

  const served = { keys: [] as unknown[], headers: { 'cache-control': 'public, max-age=600' } }
  const other = createServer((_, response) =>
    response.writeHead(200, served.headers).end(JSON.stringify({ keys: served.keys }))
  )
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  t.teardown(() => other.close())
  const address = `http://127.0.0.1:${(other.address() as { port: number }).port}`
  t.match(await examine(good, address), { found: ['key-route-no-key', 'key-route-cached', 'check-token-500'] })
  served.keys = [{ ...key, use: 'enc', alg: 'ECDH-ES' }]
  t.equal((await examine(good, address)).found[0], 'key-route-private')
  const printed = await run(['doctor', '--config', configuration(t, { fcProvider: good, baseUrl: address })])
  t.match(printed.out, /✗ erreur .*clé PRIVÉE/)
  t.match(printed.out, /\d erreurs, \d avertissement/)
})
