import diagnostics from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { channelName, type FcProviderTrace } from '../../src/index.ts'
import { ask, startFranceConnect, startTown } from '../town.ts'

t.test('the route’s own schema, then the bearer, then FranceConnect', async (t) => {
  const { sandbox, front, token } = await startFranceConnect(t)
  const town = await startTown(t, { issuer: sandbox.issuer, recipient: 'siret' })
  front.target = town.url
  const access = await token('ville_solde')
  t.equal((await ask(town, '/v1/moi', access)).code, 'FST_FC_PROVIDER_RECIPIENT_INVALID')
  t.equal(front.requests, 0)
  const { json } = await ask(town, '/v1/moi?recipient=13002526500013', access)
  t.equal(json.recipient, '13002526500013')
})

t.test('a schema that drops recipient, a guard in a hook, two guards, HEAD', async (t) => {
  const { sandbox, front, token } = await startFranceConnect(t)
  const routes = async (app: FastifyInstance) => {
    app.register(async (api) => {
      api.addHook('preHandler', api.fcProvider.require('ville_solde'))
      const querystring = {
        type: 'object',
        additionalProperties: false,
        required: ['mois'],
        properties: { mois: { type: 'integer' } }
      }
      const preHandler = app.fcProvider.require('ville_enfants')
      api.get('/v1/mois', { schema: { querystring }, preHandler }, async (request) => request.fcCaller.scopes)
      api.get('/v1/libre', async () => ({ free: true }))
    })
    app.get('/v1/nu', async (request) => request.fcCaller)
  }
  const town = await startTown(t, { issuer: sandbox.issuer, recipient: 'siret' }, { after: routes })
  front.target = town.url
  const recipient = 'recipient=13002526500013'
  const access = await token('ville_solde ville_enfants')
  t.equal((await ask(town, `/v1/mois?${recipient}`, access)).status, 400, 'validation comes first')
  t.equal(front.requests, 0)
  t.equal((await ask(town, `/v1/mois?mois=3&${recipient}`, access)).text, '["ville_solde","ville_enfants"]')
  t.equal(front.requests, 1, 'two guards, one question')
  t.strictSame((await ask(town, `/v1/libre?${recipient}`, access)).json, { free: true })
  t.equal((await ask(town, '/v1/libre')).code, 'FST_FC_PROVIDER_TOKEN_MISSING')
  const one = await token('ville_solde')
  t.equal((await ask(town, `/v1/mois?mois=3&${recipient}`, one)).code, 'FST_FC_PROVIDER_SCOPE_MISSING')
  const bare = await ask(town, '/v1/nu', access)
  t.strictSame([bare.status, bare.json.code], [500, 'FST_FC_PROVIDER_GUARD_MISSING'])
  const head = await fetch(`${town.url}/v1/moi?${recipient}`, { method: 'HEAD' })
  t.strictSame([head.status, head.headers.get('www-authenticate')], [401, 'Bearer realm="FranceConnect"'])
})

t.test(
  'onError replaces the answer: it replies, returns, or lets it be; the application’s own errors go their way',
  async (t) => {
    const { sandbox, front, token } = await startFranceConnect(t)
    const seen: string[] = []
    let mode = 'return'
    const town = await startTown(
      t,
      {
        issuer: sandbox.issuer,
        onError: (error, _request, reply) => {
          seen.push(error.code)
          if (mode === 'throw') throw new Error('secret of the application')
          if (mode === 'reply') return reply.code(418).send({ replied: true })
          return mode === 'return' ? { erreur: error.title } : undefined
        }
      },
      {
        after: async (app) => {
          const preHandler = app.fcProvider.require('ville_solde')
          app.get('/v1/panne', { preHandler }, async () =>
            Promise.reject(Object.assign(new Error('x'), { statusCode: 409 }))
          )
          app.get(
            '/v1/vide',
            { preHandler, errorHandler: async (_error, _request, reply) => reply.code(410).send('own') },
            async () => {
              throw new Error('x')
            }
          )
        }
      }
    )
    front.target = town.url
    const missing = async () => ask(town, '/v1/moi')
    const returned = await missing()
    t.strictSame([returned.status, returned.json], [401, { erreur: 'Jeton d’accès manquant' }])
    t.equal(returned.headers.get('www-authenticate'), 'Bearer realm="FranceConnect"')
    mode = 'reply'
    t.match(await missing(), { status: 418, json: { replied: true } })
    mode = 'nothing'
    t.match(await missing(), { status: 401, code: 'FST_FC_PROVIDER_TOKEN_MISSING' })
    mode = 'throw'
    t.match(await missing(), { status: 401, code: 'FST_FC_PROVIDER_TOKEN_MISSING' })
    t.equal(seen.length, 4)
    const access = await token('ville_solde')
    t.match(await ask(town, '/v1/panne', access), { status: 409, json: { statusCode: 409, message: 'x' } })
    t.match(await ask(town, '/v1/vide', access), { status: 410, text: 'own' })
    t.equal(seen.length, 4)
  }
)

t.test('held answers: off by default, never beyond the token, never a dead one', async (t) => {
  const { sandbox, front, token } = await startFranceConnect(t, {}, { clock: 'process' })
  const asked = () => sandbox.requests.filter(({ path }) => path.endsWith('/checktoken')).length
  const town = await startTown(t, { issuer: sandbox.issuer, cache: 3600 })
  const plain = await startTown(t, { issuer: sandbox.issuer })
  front.target = town.url
  const access = await token('ville_solde')
  t.equal((await ask(town, '/v1/cantine', access)).status, 200)
  t.equal((await ask(town, '/v1/cantine', access)).status, 200)
  t.equal(asked(), 1)
  t.strictSame(
    town.records.map(({ held }) => held),
    [false, true]
  )
  t.equal(
    (await ask(town, '/v1/tout', access)).code,
    'FST_FC_PROVIDER_SCOPE_MISSING',
    'scopes are checked all the same'
  )
  const dead = 'x'.repeat(43)
  await ask(town, '/v1/cantine', dead)
  await ask(town, '/v1/cantine', dead)
  t.equal(asked(), 3, 'only active answers are held')
  sandbox.advance(61)
  t.equal((await ask(town, '/v1/cantine', access)).code, 'FST_FC_PROVIDER_TOKEN_INVALID')

  front.target = plain.url
  const other = await token('ville_solde')
  const before = asked()
  await ask(plain, '/v1/cantine', other)
  await ask(plain, '/v1/cantine', other)
  t.equal(asked() - before, 2, 'off by default')
})

t.test('the channel: one trace per access, with its error', async (t) => {
  const { sandbox, front, token } = await startFranceConnect(t)
  const town = await startTown(t, { issuer: sandbox.issuer })
  front.target = town.url
  const events: [name: string, trace: FcProviderTrace][] = []
  const channel = diagnostics.tracingChannel<unknown, FcProviderTrace>(channelName)
  const note = (name: string) => (trace: FcProviderTrace) => void events.push([name, trace])
  const subscribers = {
    start: note('start'),
    end: note('end'),
    asyncStart: note('asyncStart'),
    asyncEnd: note('asyncEnd'),
    error: note('error')
  }
  channel.subscribe(subscribers)
  t.teardown(() => channel.unsubscribe(subscribers))
  await ask(town, '/v1/cantine', await token('ville_solde'))
  await ask(town, '/v1/cantine')
  await new Promise((resolve) => setTimeout(resolve, 30))
  t.strictSame(
    events.map(([name]) => name),
    ['start', 'asyncEnd', 'start', 'error', 'asyncEnd']
  )
  t.match(events[1]![1].access, { status: 200, code: null, scopes: ['ville_solde'] })
  t.match(events[4]![1], { access: { status: 401 }, error: { code: 'FST_FC_PROVIDER_TOKEN_MISSING' } })
})

t.test('a guard that runs before validation is told at boot', async (t) => {
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const after = async (app: FastifyInstance) => {
    app.get('/v1/tot', { preValidation: app.fcProvider.require('ville_solde') }, async () => null)
  }
  const issuer = 'http://localhost:4000/api/v2'
  const town = await startTown(t, { issuer }, { server: { logger: { level: 'warn', stream } }, after })
  t.match(lines.join(), 'the guard of /v1/tot is no preHandler')
  t.notMatch(lines.join(), '/v1/cantine')
  t.equal((await ask(town, '/v1/tot')).code, 'FST_FC_PROVIDER_TOKEN_MISSING')
})
