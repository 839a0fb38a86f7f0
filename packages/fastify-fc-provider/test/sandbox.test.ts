import t from 'tap'
import { ask, decryptionKey, startFranceConnect, startTown } from './town.ts'

/** Every pair of algorithms that FranceConnect registers. */
const algorithms = (['ES256', 'RS256'] as const).flatMap((signed) =>
  (['ECDH-ES', 'RSA-OAEP', 'RSA-OAEP-256'] as const).map((encrypted) => ({ signed, encrypted }))
)

for (const { signed, encrypted } of algorithms) {
  t.test(`the sandbox's checktoken in ${signed}, ${encrypted}`, async (t) => {
    const { sandbox, front, token } = await startFranceConnect(t, {
      checktokenSignedResponseAlg: signed,
      checktokenEncryptedResponseAlg: encrypted
    })
    const town = await startTown(t, {
      issuer: sandbox.issuer,
      signedResponseAlg: signed,
      encryptedResponseAlg: encrypted,
      decryptionKeys: [decryptionKey(encrypted, 'new'), decryptionKey(encrypted, 'old')]
    })
    front.target = town.url
    const answer = await ask(town, '/v1/cantine', await token('ville_solde'))
    t.strictSame([answer.status, answer.json], [200, { solde: 12.5 }], 'what was not granted is absent')
    t.equal(answer.headers.get('cache-control'), 'no-store')
    t.equal((await ask(town, '/v1/cantine', 'x'.repeat(43))).code, 'FST_FC_PROVIDER_TOKEN_INVALID')
  })
}

t.test('a citizen, a service, a town', async (t) => {
  const { sandbox, front, token } = await startFranceConnect(t)
  const town = await startTown(t, { issuer: sandbox.issuer })
  front.target = town.url

  const both = await token('ville_solde ville_enfants')
  t.strictSame((await ask(town, '/v1/cantine', both)).json, { solde: 12.5, enfants: ['Léa'] })
  t.strictSame((await ask(town, '/v1/tout', both)).json, { all: true })
  const { json } = await ask(town, '/v1/moi', both)
  t.match(json, {
    sub: /^[0-9a-f]{64}v1$/,
    consumer: sandbox.client.clientId,
    recipient: null,
    acr: 'eidas1',
    scopes: ['ville_solde', 'ville_enfants'],
    identity: {
      givenNames: ['Angela', 'Claire', 'Louise'],
      familyName: 'DUBOIS',
      birthdate: '1962-08-24',
      gender: 'female',
      birthplace: '75107',
      birthcountry: '99100'
    }
  })
  t.notMatch(JSON.stringify(json), both, 'the token is nowhere')

  const solde = await ask(town, '/v1/tout', await token('ville_solde'))
  t.strictSame([solde.status, solde.code], [403, 'FST_FC_PROVIDER_SCOPE_MISSING'])
  t.match(solde.json.errors[0].detail, 'ville_enfants')
  t.notMatch(solde.json.errors[0].detail, 'ville_solde')
  const challenge = 'Bearer realm="FranceConnect", error="insufficient_scope", scope="ville_solde ville_enfants"'
  t.equal(solde.headers.get('www-authenticate'), challenge)

  const none = await ask(town, '/v1/cantine', await token('cnaf_quotient_familial'))
  t.equal(none.code, 'FST_FC_PROVIDER_SCOPE_MISSING', 'active is not an authorisation')

  const several = await ask(town, '/v1/cantine', await token('ville_solde', 'avec_nom_dusage'))
  t.strictSame([several.status, several.code], [404, 'FST_FC_PROVIDER_NOT_MATCHED'], 'two records, nothing')
  const unknown = await ask(town, '/v1/cantine', await token('ville_solde', 'naissance_Algérie'))
  t.strictSame([unknown.status, unknown.code], [404, 'FST_FC_PROVIDER_NOT_MATCHED'])

  const late = await token('ville_solde')
  sandbox.advance(61)
  const dead = await ask(town, '/v1/cantine', late)
  t.strictSame([dead.status, dead.code], [401, 'FST_FC_PROVIDER_TOKEN_INVALID'])
  t.match(dead.headers.get('www-authenticate'), /^Bearer realm="FranceConnect", error="invalid_token"/)

  await new Promise((resolve) => setTimeout(resolve, 50))
  const [first] = town.records
  t.match(first, {
    method: 'GET',
    api: '/v1/cantine',
    consumer: sandbox.client.clientId,
    status: 200,
    code: null,
    scopes: ['ville_solde', 'ville_enfants'],
    subject: /^[\w-]{43}$/,
    held: false,
    matching: { outcome: 'matched', candidates: 3, differed: { familyName: 2, givenNames: 2, birthdate: 2 } }
  })
  t.equal(town.records.length, 8)
  t.match(town.records[5], {
    status: 404,
    code: 'FST_FC_PROVIDER_NOT_MATCHED',
    scopes: [],
    matching: { outcome: 'several' }
  })
  t.notMatch(JSON.stringify(town.records), /DUBOIS|Angela|1962-|v1"/i, 'no identity, no sub in the records')
})

t.test('FranceConnect reads the keys at each call, and a rotation goes unnoticed', async (t) => {
  const { sandbox, front, token } = await startFranceConnect(t)
  const [old, next] = [decryptionKey('ECDH-ES', 'old'), decryptionKey('ECDH-ES', 'new')]
  const before = await startTown(t, { issuer: sandbox.issuer, decryptionKeys: [old] })
  const after = await startTown(t, { issuer: sandbox.issuer, decryptionKeys: [next, old] })
  const served = await (await fetch(`${after.url}/franceconnect/data-provider/jwks`)).json()
  t.strictSame(Object.keys(served.keys[0]).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  t.match(served.keys, [{ kid: 'new', use: 'enc', alg: 'ECDH-ES' }, { kid: 'old' }])

  front.target = before.url
  t.equal(
    (await ask(after, '/v1/cantine', await token('ville_solde'))).status,
    200,
    'an answer under the key of before'
  )
  front.target = after.url
  t.equal((await ask(after, '/v1/cantine', await token('ville_solde'))).status, 200)
  t.equal(front.requests, 2)
  const withdrawn = await ask(before, '/v1/cantine', await token('ville_solde'))
  t.strictSame([withdrawn.status, withdrawn.code], [502, 'FST_FC_PROVIDER_CREDENTIALS_FAILED'])

  await sandbox.rotateKeys()
  t.equal((await ask(after, '/v1/cantine', await token('ville_solde'))).status, 200, 'FranceConnect’s own keys too')
  front.target = 'http://127.0.0.1:1'
})

t.test('our own secret that is wrong is never "expired"', async (t) => {
  const { sandbox, front, token } = await startFranceConnect(t)
  const town = await startTown(t, { issuer: sandbox.issuer, clientSecret: 'another-secret-of-32-characters-or-more' })
  front.target = town.url
  const answer = await ask(town, '/v1/cantine', await token('ville_solde'))
  t.strictSame([answer.status, answer.code], [502, 'FST_FC_PROVIDER_CREDENTIALS_FAILED'])
  t.equal(answer.headers.get('www-authenticate'), null)
  t.notMatch(answer.text, /expir/i)
})
