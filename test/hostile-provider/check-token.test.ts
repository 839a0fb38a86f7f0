import t from 'tap'
import { encryptions, envelopes, type Fault, introspections, signatures, transports } from './faults.ts'
import { type HostileFranceConnect, startFranceConnect } from './france-connect.ts'
import { ask, bearer, newToken, secrets, startTown, type Town } from './town.ts'

const families: Record<string, Fault[]> = { signatures, encryptions, envelopes, introspections, transports }

/** What was written and must not have been. */
function leaked(town: Town, tokens: readonly string[]): string[] {
  return [...secrets, ...tokens].filter((secret) => town.written().includes(secret))
}

async function healthy(franceConnect: HostileFranceConnect, town: Town): Promise<number> {
  franceConnect.bend = {}
  return (await ask(town, bearer(newToken()))).status
}

for (const [family, faults] of Object.entries(families)) {
  t.test(family, async (t) => {
    const franceConnect = await startFranceConnect(t)
    const town = await startTown(t, franceConnect.issuer)
    t.equal(await healthy(franceConnect, town), 200)
    for (const { name, bend, status, code } of faults) {
      franceConnect.bend = bend
      const before = town.served()
      const token = newToken()
      const seen = await ask(town, bearer(token))
      t.strictSame([seen.status, seen.code], [status, code], name)
      t.ok(seen.ms < 3000, `${name}: in time (${Math.round(seen.ms)} ms)`)
      t.equal(town.served(), before, `${name}: no handler ran`)
      t.equal(
        /^Bearer /.test(String(seen.headers['www-authenticate'])),
        status === 401 || status === 403,
        `${name}: challenge`
      )
      t.strictSame(leaked(town, [token]), [], `${name}: nothing leaked`)
      t.notMatch(seen.text, /invalid_client|server_error|Maintenance|elsewhere/, `${name}: nothing of theirs is shown`)
      t.equal(await healthy(franceConnect, town), 200, `${name}: the next call is healthy`)
    }
    t.ok(franceConnect.asked.every((asked) => [...asked.keys()].sort().join() === 'client_id,client_secret,token'))
  })
}

t.test('keys rotated under one kid; then withdrawn, weak, huge, down', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer)
  t.equal(await healthy(franceConnect, town), 200)
  for (let i = 0; i < 3; i++) {
    franceConnect.rotate()
    t.equal(await healthy(franceConnect, town), 200, 'a rotation goes unnoticed')
  }
  t.equal(franceConnect.keysRead, 4, 'read once, and once for each rotation')
  franceConnect.rotate()
  franceConnect.bend = { keys: () => [] }
  t.match(await ask(town, bearer(newToken())), { status: 503, code: 'FST_FC_PROVIDER_UNAVAILABLE' })
  franceConnect.bend = { keys: () => 'x' }
  t.match(await ask(town, bearer(newToken())), { status: 503, code: 'FST_FC_PROVIDER_UNAVAILABLE' })
  t.equal(await healthy(franceConnect, town), 200)
})

t.test('polluted members are no members', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer)
  franceConnect.bend = {
    token: (honest) => JSON.parse(JSON.stringify(honest).replace('{', '{"__proto__":{"polluted":true},'))
  }
  t.equal((await ask(town, bearer(newToken()))).status, 200)
  t.equal(({} as { polluted?: true }).polluted, undefined)
  franceConnect.bend = { token: () => JSON.parse('{"__proto__":{"active":true,"scope":"ville_solde"}}') }
  t.match(await ask(town, bearer(newToken())), { code: 'FST_FC_PROVIDER_INVALID_RESPONSE' })
})

t.test('two answers that change places give nobody the other’s identity', async (t) => {
  const franceConnect = await startFranceConnect(t)
  const town = await startTown(t, franceConnect.issuer)
  t.equal(await healthy(franceConnect, town), 200)
  const waiting: (() => void)[] = []
  const bodies: string[] = []
  franceConnect.bend = {
    answer: (response, honest) => {
      bodies.push(honest)
      const other = bodies.length - 1 === 0 ? 1 : 0
      const headers = { 'content-type': 'application/token-introspection+jwt' }
      waiting.push(() => response.writeHead(200, headers).end(bodies[other]))
      if (waiting.length === 2) for (const send of waiting) send()
    }
  }
  const seen = await Promise.all([newToken(), newToken()].map((token) => ask(town, bearer(token))))
  t.ok(seen.some(({ code }) => code === 'FST_FC_PROVIDER_INVALID_RESPONSE'))
  t.equal(await healthy(franceConnect, town), 200)
})
