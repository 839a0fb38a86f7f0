import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import fc from 'fast-check'
import Fastify from 'fastify'
import fcData, { defineApi } from 'fastify-fc-data'
import t from 'tap'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { anyJson, nasty, searching } from './runs.ts'

const token = 'jeton-CANARI-0123456789'
const rows = Type.Object({ total: Type.Optional(Type.Integer()), nom: Type.Optional(Type.String()) })

interface Sent {
  status: number
  headers: Record<string, string>
  body: string | Buffer
}

t.test('a data provider may answer anything: data of the schema comes out, or a typed error', async (t) => {
  let sent: Sent = { status: 200, headers: {}, body: '{}' }
  const server = createServer((_, response) => void response.writeHead(sent.status, sent.headers).end(sent.body))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => void server.close().closeAllConnections())
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const api = defineApi({ name: 'fuzz/rows', url: `${baseUrl}/rows`, scopes: [], data: rows })
  const app = Fastify()
  await app.register(fcData, {
    apis: [api, { name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] }],
    providers: { apiParticulier: { recipient: '13002526500013', baseUrl } },
    secret: 'secret-de-session-CANARI-0123456789abcdef',
    hold: false,
    timeout: 400,
    getAccessToken: () => ({
      value: token,
      expiresAt: new Date(Date.now() + 60_000),
      scope: ['openid', 'cnaf_quotient_familial'],
      loginId: 'login'
    })
  })
  app.get<{ Params: { '*': string } }>('/call/*', async (request, reply) => {
    try {
      return await (request.params['*'] === api.name ? request.fcData(api) : request.fcData('dss/quotient-familial'))
    } catch (error) {
      if (inspect(error, { depth: 10 }).includes(token)) throw new Error('the error shows the token')
      const { code = '', statusCode = 0 } = error as { code?: string; statusCode?: number }
      return reply.code(statusCode).send({ code, text: inspect(error, { depth: 10 }) })
    }
  })
  await app.ready()
  t.teardown(() => app.close())

  const status = fc.oneof(
    { weight: 6, arbitrary: fc.constant(200) },
    { weight: 3, arbitrary: fc.constantFrom(201, 204, 206, 301, 307, 400, 401, 403, 404, 409, 410, 422, 451) }
  )
  const envelope = fc.record({ data: anyJson, errors: anyJson, meta: anyJson, links: anyJson }, { requiredKeys: [] })
  const field = fc.record({
    data: fc.dictionary(fc.constantFrom('quotient_familial', 'allocataires', 'adresse'), anyJson)
  })
  const body = fc.oneof(
    fc
      .oneof(anyJson, envelope, field, fc.record({ total: anyJson, nom: anyJson }, { requiredKeys: [] }))
      .map((value) => JSON.stringify(value)),
    nasty,
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes))
  )
  const type = fc.constantFrom(
    'application/json',
    'application/problem+json',
    'text/html',
    'application/vnd.api+json',
    ''
  )
  const extra = fc.constantFrom<Record<string, string>>(
    {},
    { 'content-encoding': 'gzip' },
    { 'retry-after': '-1' },
    { 'x-request-id': 'a'.repeat(9000) },
    { 'set-cookie': 'a=b' }
  )
  const property = fc.asyncProperty(
    fc.constantFrom('fuzz/rows', 'dss/quotient-familial'),
    fc.record({ status, type, body, extra }),
    async (name, given) => {
      sent = { status: given.status, headers: { 'content-type': given.type, ...given.extra }, body: given.body }
      const answer = await app.inject(`/call/${name}`)
      const read = answer.json() as { code?: string; data?: unknown; text?: string }
      if (answer.statusCode !== 200) {
        if (!read.code?.startsWith('FST_FC_DATA_')) throw new Error(`${answer.statusCode}: ${answer.body}`)
      } else if (name === 'fuzz/rows' && !Value.Check(rows, read.data))
        throw new Error(`not of the schema: ${answer.body}`)
      else if (read.data === null ? given.status !== 404 : given.status >= 300) throw new Error(answer.body)
      if (answer.headers['set-cookie'] !== undefined) throw new Error('a header of the provider went through')
    }
  )
  await t.resolves(fc.assert(property, searching(200)))
  sent = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"total":1}' }
  t.match((await app.inject('/call/fuzz/rows')).json(), { data: { total: 1 } }, 'the next honest answer is read')
  t.equal(({} as { polluted?: unknown }).polluted, undefined, 'Object.prototype is as it was')
})
