import { connect } from 'node:net'
import t from 'tap'
import { startFranceConnect } from './france-connect.ts'
import { ask, bearer, newToken, secrets, startTown } from './town.ts'

const missing = 'FST_FC_PROVIDER_TOKEN_MISSING'
const malformed = 'FST_FC_PROVIDER_TOKEN_INVALID'

t.test('a bearer of every wrong form: refused before FranceConnect is asked', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer)
  const token = newToken()
  const cases: [name: string, headers: (readonly [string, string])[], code: string][] = [
    ['none', [], missing],
    ['empty', [['authorization', '']], missing],
    ['Basic', [['authorization', `Basic ${token}`]], missing],
    ['the token alone', [['authorization', token]], missing],
    ['Bearer glued to it', [['authorization', `Bearer${token}`]], missing],
    ['Bearer alone', [['authorization', 'Bearer']], malformed],
    ['Bearer and a space', [['authorization', 'Bearer ']], malformed],
    ['two tokens', [['authorization', `Bearer ${token} ${token}`]], malformed],
    ['a comma', [['authorization', `Bearer ${token},Bearer ${token}`]], malformed],
    ['quotes', [['authorization', `Bearer "${token}"`]], malformed],
    ['a character of no token', [['authorization', `Bearer ${token}&client_id=x`]], malformed],
    ['percent-encoded', [['authorization', `Bearer ${token}%20x`]], malformed],
    ['letters beyond ASCII', [['authorization', `Bearer ${token}é`]], malformed],
    ['a tab', [['authorization', `Bearer\t${token}`]], missing],
    ['ten thousand characters', [['authorization', `Bearer ${'a'.repeat(10_000)}`]], malformed],
    ['the header twice', [...bearer(token), ...bearer(newToken())], malformed],
    ['the header twice, the same', [...bearer(token), ['Authorization', `Bearer ${token}`]], malformed],
    ['another header', [['x-franceconnect-oauth', token]], missing],
    ['a cookie', [['cookie', `access_token=${token}`]], missing]
  ]
  for (const [name, headers, code] of cases) {
    const seen = await ask(town, headers)
    t.strictSame([seen.status, seen.code], [401, code], name)
    const challenge = String(seen.headers['www-authenticate'])
    t.equal(challenge.includes('error='), code === malformed, `${name}: ${challenge}`)
  }
  t.equal(franceConnect.asked.length, 0)
  t.equal(town.served(), 0)
  for (const scheme of ['bearer', 'BEARER', 'Bearer ']) {
    t.equal((await ask(town, [['authorization', `${scheme} ${newToken()}`]])).status, 200, scheme)
  }
})

t.test('a token in the query or in the body is no token, and is not logged', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer)
  const token = newToken()
  t.match(await ask(town, [], { path: `/solde?access_token=${token}` }), { status: 401, code: missing })
  const form = [
    ['content-type', 'application/json'],
    ['content-length', String(token.length + 19)]
  ] as const
  const body = JSON.stringify({ access_token: token })
  t.match(await ask(town, form, { method: 'POST', body }), { status: 401, code: missing })
  t.equal(franceConnect.asked.length, 0)
  t.notMatch(town.written(), token)
  t.match(town.written(), '/solde?access_token=…')
})

t.test('a thousand at once with one token: one question, a thousand answers', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer, { timeout: 10_000, onError: undefined })
  const headers = { 'content-type': 'application/token-introspection+jwt' }
  let arrived = 0
  town.app.server.on('request', () => {
    arrived += 1
  })
  franceConnect.bend = {
    answer: async (response, honest) => {
      while (arrived < 1000) await new Promise((resolve) => setTimeout(resolve, 20))
      setTimeout(() => response.writeHead(200, headers).end(honest), 100)
    }
  }
  const token = newToken()
  const seen = await Promise.all(Array.from({ length: 1000 }, () => ask(town, bearer(token))))
  t.strictSame([...new Set(seen.map(({ status }) => status))], [200])
  t.equal(franceConnect.asked.length, 1)
  await ask(town, bearer(token))
  t.equal(franceConnect.asked.length, 2, 'nothing is kept afterwards')
})

t.test(
  'one consumer leaves: the others get their answer; all leave: FranceConnect’s is no longer awaited',
  async (t) => {
    const franceConnect = await startFranceConnect(t)
    const town = await startTown(t, franceConnect.issuer, { timeout: 5000 })
    let closed = 0
    const headers = { 'content-type': 'application/token-introspection+jwt' }
    franceConnect.bend = {
      answer: (response, honest) => {
        const timer = setTimeout(() => response.writeHead(200, headers).end(honest), 400)
        response.on('close', () => {
          if (!response.writableEnded) closed += 1
          clearTimeout(timer)
        })
      }
    }
    const leave = (token: string) => {
      const socket = connect(Number(new URL(town.url).port), '127.0.0.1')
      socket.write(`GET /solde HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`)
      setTimeout(() => socket.destroy(), 100)
    }
    const token = newToken()
    leave(token)
    t.equal((await ask(town, bearer(token))).status, 200)
    t.equal(franceConnect.asked.length, 1)
    leave(newToken())
    await new Promise((resolve) => setTimeout(resolve, 600))
    t.equal(closed, 1)
    t.equal(town.served(), 1)
    t.strictSame(town.records.map(({ code }) => code).sort(), ['ABORTED', 'ABORTED', null].sort())
  }
)

t.test('another service’s token, an expired one, one that dies while FranceConnect answers', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer, {
    consumers: { 'hostile-suite-service': 'Service' },
    clockTolerance: 0
  })
  t.equal((await ask(town, bearer(newToken()))).status, 200)
  t.match(town.records[0], { consumer: 'hostile-suite-service', consumerName: 'Service' })
  franceConnect.bend = { token: (honest) => ({ ...honest, aud: 'another-service' }) }
  t.match(await ask(town, bearer(newToken())), { status: 403, code: 'FST_FC_PROVIDER_CONSUMER_REFUSED' })
  franceConnect.bend = { token: (honest) => ({ ...honest, aud: 'constructor' }) }
  t.match(await ask(town, bearer(newToken())), { status: 403, code: 'FST_FC_PROVIDER_CONSUMER_REFUSED' })
  franceConnect.bend = { token: () => ({ active: false }) }
  t.match(await ask(town, bearer(newToken())), { status: 401, code: malformed })
  const ends = Math.floor(Date.now() / 1000)
  franceConnect.bend = { token: (honest) => ({ ...honest, exp: ends - 1 }) }
  t.match(await ask(town, bearer(newToken())), { status: 401, code: malformed })
  for (const secret of secrets) t.notMatch(town.written(), secret)
})

t.test('recipients', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer, { recipient: 'siret' })
  const refused = ['', '?recipient=', '?recipient=13002526500014', '?recipient=x', '?recipient[]=13002526500013']
  const twice = '?recipient=13002526500013&recipient=13002526500013'
  for (const query of [...refused, twice]) {
    const seen = await ask(town, bearer(newToken()), { path: `/solde${query}` })
    t.strictSame([seen.status, seen.code], [422, 'FST_FC_PROVIDER_RECIPIENT_INVALID'], query)
  }
  t.equal(franceConnect.asked.length, 0, 'before FranceConnect is asked')
  t.equal((await ask(town, bearer(newToken()), { path: '/solde?recipient=13002526500013' })).status, 200)
  t.equal(town.records.at(-1)?.recipient, '13002526500013')
})
