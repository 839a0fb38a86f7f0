import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import Fastify from 'fastify'
import fcData, { defineApi } from 'fastify-fc-data'
import t from 'tap'
import { Type } from 'typebox'
import { anyJson, nasty, searching } from './runs.ts'

const climbs = /[/\\]\.{1,2}([/\\]|$)/

t.test('names and parameters of any shape reach only the address of their API', async (t) => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(request.url ?? '')
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => void server.close().closeAllConnections())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const app = Fastify()
  const params = Type.Object({ id: Type.String(), q: Type.Optional(Type.String()) })
  await app.register(fcData, {
    apis: [defineApi({ name: 'fuzz/dossier', url: `${origin}/api/dossiers/{id}/pieces`, scopes: [], params })],
    secret: 'secret-de-session-CANARI-0123456789abcdef',
    hold: false,
    getAccessToken: () => ({
      value: 'jeton',
      expiresAt: new Date(Date.now() + 60_000),
      scope: ['openid'],
      loginId: 'a'
    })
  })
  let given: { name: unknown; params: unknown } = { name: '', params: undefined }
  app.get('/call', async (request, reply) => {
    try {
      return await request.fcData(given.name as never, given.params as never)
    } catch (error) {
      const { code = '', statusCode = 0 } = error as { code?: string; statusCode?: number }
      if (!code.startsWith('FST_FC_DATA_')) throw error
      return reply.code(statusCode).send({ code })
    }
  })
  await app.ready()
  t.teardown(() => app.close())

  const check = async (name: unknown, params: unknown) => {
    given = { name, params }
    seen.length = 0
    const answer = await app.inject('/call')
    if (answer.statusCode !== 200 && !/FST_FC_DATA_/.test(answer.body))
      throw new Error(`${answer.statusCode}: ${answer.body}`)
    if (name !== 'fuzz/dossier' && seen.length > 0) throw new Error(`a call to ${seen[0]}`)
    for (const url of seen) {
      const { pathname, search } = new URL(url, origin)
      if (!/^\/api\/dossiers\/[^/]+\/pieces$/.test(pathname) || climbs.test(decodeURIComponent(pathname)))
        throw new Error(`${JSON.stringify(params)} went to ${url}`)
      const names = [...new URLSearchParams(search).keys()]
      if (names.length > 1 || names.some((key) => key !== 'q')) throw new Error(`query ${search}`)
    }
  }
  for (const id of [
    '..',
    '.',
    '../../admin',
    'a/b',
    '%2e%2e',
    '%2F',
    'a?x=1',
    '#',
    '\\',
    ';',
    '\0',
    '//evil.example',
    '@evil',
    ''
  ])
    await t.resolves(check('fuzz/dossier', { id }), JSON.stringify(id))
  const hostile = fc.oneof(
    nasty,
    fc
      .array(fc.constantFrom('..', '/', '%2e', '%2f', '\\', '?', '#', 'a', ';', '@'), { maxLength: 6 })
      .map((parts) => parts.join(''))
  )
  const someParams = fc.oneof(
    fc.record({ id: hostile, q: hostile }, { requiredKeys: ['id'] }),
    fc.record({ id: anyJson, extra: anyJson }),
    anyJson
  )
  await t.resolves(
    fc.assert(
      fc.asyncProperty(someParams, (value) => check('fuzz/dossier', value)),
      searching(150)
    )
  )
  const names = fc.oneof(
    nasty,
    anyJson,
    fc.constantFrom('__proto__', 'constructor', 'toString', '../fuzz/dossier', `${origin}/x`, 'fuzz/dossier ')
  )
  await t.resolves(
    fc.assert(
      fc.asyncProperty(names, (name) => check(name, { id: 'a' })),
      searching(100)
    )
  )
})
