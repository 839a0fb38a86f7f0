import fastifyCookie from '@fastify/cookie'
import Fastify from 'fastify'
import { createSealer } from 'franceconnect-protocol/seal'
import t, { type Test } from 'tap'
import { type Attempt, createAttempts, type Found } from '../../src/login/attempt.ts'
import { checkOptions } from '../../src/options/check.ts'
import { Jar, secret } from '../service.ts'

const attempt: Omit<Attempt, 'token' | 'beside'> = {
  id: 'a',
  nonce: 'n'.repeat(64),
  returnTo: '/',
  acrValues: 'eidas1',
  scope: [],
  needs: []
}

async function attemptsFor(t: Test, given: Partial<Attempt> = {}, acrValues: 'eidas1' | 'eidas2' = 'eidas1') {
  const settings = checkOptions(
    {
      issuer: 'https://provider.example',
      clientId: 'c',
      clientSecret: 's',
      baseUrl: 'https://a.example',
      secret,
      acrValues
    },
    ''
  )
  const attempts = createAttempts(settings, createSealer([secret], 'test'))
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(fastifyCookie)
  app.get('/start', async (request, reply) => ({ state: attempts.start(request, reply, { ...attempt, ...given }) }))
  app.get('/find', async (request) => attempts.find(request, (request.query as { state: string }).state))
  app.get('/consume', async (request, reply) => attempts.consume(reply, (request.query as { state: string }).state))
  const call = async (jar: Jar, url: string) => {
    const answer = await app.inject({ url, headers: { cookie: jar.header } })
    jar.take(answer)
    return answer
  }
  return {
    start: async (jar: Jar) => (await call(jar, '/start')).json().state as string,
    find: async (jar: Jar, state: string) => (await call(jar, `/find?state=${state}`)).json() as Found,
    consume: (jar: Jar, state: string) => call(jar, `/consume?state=${state}`),
    startAnswer: (jar: Jar) => call(jar, '/start')
  }
}

t.test('an attempt is found by its state in its browser, until it is consumed', async (t) => {
  const { start, find, consume } = await attemptsFor(t)
  const jar = new Jar()
  const state = await start(jar)
  t.match(await find(jar, state), { attempt: { ...attempt, token: /^[\w-]{43}$/, beside: [] } })
  t.same(await find(new Jar(), state), { missing: 'no-cookie' })
  t.same(await find(jar, 'f'.repeat(64)), { missing: 'other-attempts' })
  await consume(jar, state)
  t.equal(jar.cookies.size, 0)
  t.same(await find(jar, state), { missing: 'no-cookie' })
})

t.test('an attempt knows those that were under way beside it, whatever other names the browser holds', async (t) => {
  const { start, find } = await attemptsFor(t)
  const jar = new Jar()
  await start(jar)
  const [name] = [...jar.cookies.keys()]
  const prefix = name!.slice(0, -22)
  for (const odd of [`${prefix}é`, `${prefix}${'é'.repeat(22)}`, `${prefix}a b`]) jar.cookies.set(odd, 'x')
  const found = await find(jar, await start(jar))
  t.match(found, { attempt: { beside: [name!.slice(-22)] } })
})

t.test('five at most, 4,096 bytes together, the oldest dropped', async (t) => {
  for (const given of [
    {},
    { returnTo: `/${'a'.repeat(1000)}` },
    { needs: [JSON.stringify(Array.from({ length: 30 }, Math.random))] }
  ]) {
    const { start, find } = await attemptsFor(t, given)
    const jar = new Jar()
    const states: string[] = []
    for (let i = 0; i < 12; i += 1) states.push(await start(jar))
    t.ok(jar.cookies.size <= 5, `${jar.cookies.size} cookies`)
    t.ok(jar.header.length <= 4096, `${jar.header.length} bytes`)
    t.ok('attempt' in (await find(jar, states.at(-1)!)))
    t.ok('missing' in (await find(jar, states[0]!)))
  }
})

t.test('the oldest is dropped even among attempts of one millisecond', async (t) => {
  const { start, find } = await attemptsFor(t)
  const { now } = Date
  t.teardown(() => {
    Date.now = now
  })
  const frozen = now()
  Date.now = () => frozen
  const jar = new Jar()
  const states: string[] = []
  for (let i = 0; i < 6; i += 1) states.push(await start(jar))
  t.ok('missing' in (await find(jar, states[0]!)))
  for (const state of states.slice(1)) t.ok('attempt' in (await find(jar, state)))
})

t.test('the cookie is sealed, __Host-, and lives as long as FranceConnect’s own interaction', async (t) => {
  const { startAnswer } = await attemptsFor(t)
  const [line] = [(await startAnswer(new Jar())).headers['set-cookie']].flat()
  t.match(line, /^__Host-fc-\w{8}-[\w-]{22}=\w+\.v1\.[\w-]+; Max-Age=1800; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  const plus = await attemptsFor(t, {}, 'eidas2')
  t.match([(await plus.startAnswer(new Jar())).headers['set-cookie']].flat()[0], /Max-Age=600/)
})

t.test('an attempt that is too old, changed or under another name is none', async (t) => {
  const { start, find } = await attemptsFor(t)
  const jar = new Jar()
  const state = await start(jar)
  const [name, value] = [...jar.cookies][0]!
  const changed = async (next: string) => {
    jar.cookies.set(name, next)
    return find(jar, state)
  }
  const sealed = value.slice(value.indexOf('.'))
  t.same(
    await changed(`${(Date.now() - 1_801_000).toString(36)}${sealed}`),
    { missing: 'unreadable' },
    'its date is sealed with it'
  )
  t.same(await changed(`${value.slice(0, -3)}AAA`), { missing: 'unreadable' })
  t.same(await changed('x'), { missing: 'unreadable' })
  const other = new Jar()
  const stranger = await start(other)
  t.same(
    await changed([...other.cookies.values()][0]!),
    { missing: 'unreadable' },
    `not the one of ${stranger.length} characters`
  )
  const { now } = Date
  t.teardown(() => {
    Date.now = now
  })
  jar.cookies.set(name, value)
  Date.now = () => now() + 1_801_000
  t.same(await find(jar, state), { missing: 'expired' })
})
