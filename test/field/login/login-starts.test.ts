import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { navigation, sandboxFor, serviceFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { html, metadata } from './requests.ts'

async function logging(t: import('tap').Test, options: object = {}) {
  const lines: { level: number; msg: string }[] = []
  const stream = { write: (line: string) => void lines.push(JSON.parse(line)) }
  const app = await serviceFor(t, await sandboxFor(t), { server: { logger: { level: 'info', stream } }, ...options })
  const warned = () => lines.filter(({ level }) => level >= 40).map(({ msg }) => msg)
  return { app, lines, warned }
}

t.test('the service opened under another host than baseUrl: said when the login starts, once', async (t) => {
  for (const NODE_ENV of ['production', 'development']) {
    const before = process.env['NODE_ENV']
    process.env['NODE_ENV'] = NODE_ENV
    t.teardown(() => {
      if (before === undefined) delete process.env['NODE_ENV']
      else process.env['NODE_ENV'] = before
    })
    const { app, warned } = await logging(t)
    const others = () => warned().filter((msg) => /baseUrl says localhost:3000/.test(msg))
    const open = (headers: Record<string, string>, url = '/franceconnect/login') =>
      app.inject({ url, headers: { ...navigation, ...headers } })
    await open({ host: 'localhost:3000' })
    await open({ host: 'upstream:8080', 'x-forwarded-host': 'localhost:3000' })
    await open({ host: 'upstream:8080', forwarded: 'for=1.2.3.4;host="localhost:3000"' })
    await open({ host: 'a:1', accept: html, ...metadata('document', 'navigate'), referer: 'http://localhost:3000/' })
    t.same(others(), [], 'the same host, behind a proxy too')
    await open({ host: '127.0.0.1:3000' }, '/garde')
    await open({ host: '127.0.0.1:3000' })
    t.match(others(), [/started at 127\.0\.0\.1:3000, and baseUrl says localhost:3000/])
  }
})

t.test('www and apex; a page whose Referer tells more than Host; nothing hostile in the log', async (t) => {
  for (const [headers, says] of [
    [{ host: 'www.localhost:3000' }, /started at www\.localhost:3000/],
    [
      { host: 'localhost:3000', ...metadata('document', 'navigate'), referer: 'http://127.0.0.1:3000/x' },
      /started at 127\.0\.0\.1:3000/
    ],
    [{ host: 'localhost:3000', 'x-forwarded-host': 'www.ville.example, proxy' }, /started at www\.ville\.example/],
    [{ host: 'evil"\\ <script>' }, null]
  ] as const) {
    const { app, warned } = await logging(t)
    await app.inject({ url: '/franceconnect/login', headers: { ...navigation, ...headers } })
    if (says) t.match(warned().join(), says)
    else t.notMatch(warned().join(), /script/)
  }
})

t.test('a returnTo over 1,024 characters is said in the log, without it', async (t) => {
  const { app, lines } = await logging(t)
  const said = () => lines.filter(({ msg }) => /longer than 1024/.test(msg))
  const long = `/page?q=${'a'.repeat(1100)}`
  await app.inject({ url: `/franceconnect/login?returnTo=${encodeURIComponent(long)}`, headers: navigation })
  t.equal(said().length, 1)
  await app.inject({ url: `/garde?q=${'é'.repeat(400)}`, headers: navigation })
  t.equal(said().length, 2, 'once encoded')
  await app.inject({ url: '/franceconnect/login?returnTo=/page', headers: navigation })
  await app.inject({ url: '/franceconnect/login?returnTo=//evil.example', headers: navigation })
  t.equal(said().length, 2)
  t.notMatch(JSON.stringify(said()), 'aaaa')
})

t.test('a returnTo over 1,024 characters is said wherever it is given', async (t) => {
  const long = `/page?q=${'a'.repeat(1100)}`
  const { app, lines } = await logging(t, {
    pages(app: import('fastify').FastifyInstance) {
      app.get('/bouton', async () => app.franceConnect.button({ returnTo: long }))
      app.get('/sortir', (request, reply) => app.franceConnect.logout(request, reply, { returnTo: long }))
    }
  })
  const referer = `http://localhost:3000${long}`
  for (const [url, headers] of [
    ['/bouton', navigation],
    ['/sortir', navigation],
    [`/franceconnect/logout?returnTo=${encodeURIComponent(long)}`, navigation],
    ['/garde', { ...metadata('empty', 'cors'), accept: '*/*', referer }]
  ] as [string, Record<string, string>][]) {
    lines.length = 0
    await app.inject({ url, headers })
    t.equal(lines.filter(({ msg }) => /longer than 1024/.test(msg)).length, 1, url.slice(0, 30))
    t.notMatch(JSON.stringify(lines.map(({ msg }) => msg)), 'aaaa')
  }
})

t.test('options and what env gives compile under exactOptionalPropertyTypes', async (t) => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const compiled = await promisify(execFile)('npx', ['tsc', '-p', `${folder}exact/tsconfig.json`]).catch(
    (error) => error
  )
  t.equal(compiled.stdout, '')
})

t.test('what discovery says that the settings cannot work with is said at the first login', async (t) => {
  const sandbox = await sandboxFor(t)
  const { app, warned } = await logging(t, { issuer: sandbox.plusIssuer, acrValues: 'eidas2' })
  for (let i = 0; i < 2; i++) await app.inject({ url: '/franceconnect/login', headers: navigation })
  t.equal(warned().filter((msg) => /"decryptionKeys" is missing and this issuer encrypts/.test(msg)).length, 1)
  const level = await logging(t, { issuer: sandbox.plusIssuer })
  await level.app.inject({ url: '/franceconnect/login', headers: navigation })
  t.match(level.warned().join(), /"acrValues" is eidas1, which this issuer does not give/)
  const plain = await logging(t, { issuer: sandbox.issuer })
  await plain.app.inject({ url: '/franceconnect/login', headers: navigation })
  t.notMatch(plain.warned().join(), /every login/)
})
