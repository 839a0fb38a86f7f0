// What other data providers got wrong, one by one.

import { matchOne } from 'fastify-fc-provider'
import t from 'tap'
import { citizen, startFranceConnect } from './france-connect.ts'
import { ask, bearer, newToken, secrets, startTown } from './town.ts'

t.test('a wrong secret of our own is not a token that expired', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer)
  franceConnect.bend = { answer: (response) => response.writeHead(401).end('{"error":"invalid_client"}') }
  const seen = await ask(town, bearer(newToken()))
  t.match(seen, { status: 502, code: 'FST_FC_PROVIDER_CREDENTIALS_FAILED' })
  t.notMatch(seen.text, /expir/i)
})

t.test('keys are read once, and the kid chooses among them', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer)
  for (let i = 0; i < 5; i++) t.equal((await ask(town, bearer(newToken()))).status, 200)
  t.equal(franceConnect.keysRead, 1)
  franceConnect.bend = { header: { kid: 'another' } }
  t.match(await ask(town, bearer(newToken())), { code: 'FST_FC_PROVIDER_INVALID_RESPONSE' })
})

t.test('an identity without what tells people apart matches nobody', async (t) => {
  const record = { familyName: 'DUBOIS', givenNames: 'Angela', birthdate: '1962-08-24' }
  t.equal(matchOne(record, [record]), record)
  for (const missing of ['familyName', 'givenNames', 'birthdate']) {
    t.equal(matchOne({ ...record, [missing]: undefined }, [record]), null, missing)
    t.equal(matchOne({ ...record, [missing]: '' }, [{ ...record, [missing]: '' }]), null, `${missing}, empty twice`)
  }
})

t.test('unspecified is no gender; first names are not cut at their spaces', async (t) => {
  const record = { familyName: 'DUBOIS', givenNames: 'Claude', birthdate: '1962-08-24' }
  const both = [
    { ...record, gender: 'female' },
    { ...record, gender: 'male' }
  ]
  t.equal(matchOne({ ...record, gender: 'unspecified' }, both), null)
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer)
  const { given_name_array: _, ...whole } = citizen
  franceConnect.bend = {
    token: ({ given_name_array: __, ...honest }) => ({ ...honest, ...whole, given_name: 'Marie Claude' })
  }
  t.equal((await ask(town, bearer(newToken()))).status, 200)
  t.equal(matchOne({ ...record, givenNames: ['Marie Claude'] }, [{ ...record, givenNames: 'Marie' }]), null)
})

t.test('two citizens of one town at the same instant: two questions, two answers', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer, { recipient: 'siret' })
  franceConnect.bend = { token: (honest) => ({ ...honest, sub: `sub-of-${String(honest['jti']).slice(0, 8)}` }) }
  const tokens = [newToken(), newToken()]
  const path = '/solde?recipient=13002526500013'
  const seen = await Promise.all(tokens.map((token) => ask(town, bearer(token), { path })))
  t.strictSame(
    seen.map(({ text }) => JSON.parse(text).sub),
    tokens.map((token) => `sub-of-${token.slice(0, 8)}`)
  )
  t.equal(franceConnect.asked.length, 2)
})

t.test('nothing of an introspection is in the logs, at any level', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer)
  const token = newToken()
  t.equal((await ask(town, bearer(token))).status, 200)
  t.ok(town.written().length > 500, 'the log is read')
  for (const secret of [...secrets, token]) t.notMatch(town.written(), secret)
})
