import { tracingChannel } from 'node:diagnostics_channel'
import t from 'tap'
import { channelName, type FcDataAccess, type FcDataTrace } from '../../src/calls/trace.ts'
import { type Caller, dataApp, providersAt, TOKEN } from '../data-app.ts'
import { json, startDataServer } from '../data-server.ts'

const apis = [{ name: 'dss/quotient-familial' as const, scopes: ['cnaf_quotient_familial'] as const }]
const qf: Caller = (request) => request.fcData('dss/quotient-familial', { mois: 1 })
const private_ = new RegExp(`${TOKEN}|citizen-datum|mois|sub of`)

t.test('one record per call, without the data', async (t) => {
  const server = await startDataServer(t)
  const records: FcDataAccess[] = []
  const built = await dataApp(t, {
    apis,
    providers: providersAt(server.url),
    onAccess: (record) => void records.push(record)
  })
  server.answer((_, response) => json(response, 200, { data: { quotient_familial: { fournisseur: 'citizen-datum' } } }))
  await built.inside(qf)
  await built.inside(qf)
  await built.inside(qf, 'login-2')
  server.answer((_, response) => json(response, 403, {}))
  await built.refused((request) => request.fcData('dss/quotient-familial', {}, { fresh: true }))
  await built.refused(qf, '')
  t.match(records, [
    {
      at: Date,
      api: 'dss/quotient-familial',
      provider: 'apiParticulier',
      status: 200,
      code: null,
      duration: Number,
      correlationId: String,
      held: false
    },
    { status: 200, code: null, held: true },
    { status: 200, held: false },
    { status: 403, code: 'FST_FC_DATA_FORBIDDEN', correlationId: String },
    { status: null, code: 'FST_FC_DATA_LOGIN_REQUIRED', subject: null, correlationId: null }
  ])
  t.equal(records.length, 5)
  t.match(records[0]?.subject, /^[\w-]{43}$/)
  t.equal(records[0]?.subject, records[1]?.subject, 'the same citizen')
  t.not(records[0]?.subject, records[2]?.subject, 'another one')
  t.notMatch(JSON.stringify(records), private_)
  t.notMatch(built.logs(), private_)
  t.match(built.logs(), /"api":"dss\/quotient-familial","provider":"apiParticulier","status":200/)
})

t.test('what onAccess throws is its own matter', async (t) => {
  const server = await startDataServer(t)
  server.answer((_, response) => json(response, 200, { data: {} }))
  for (const onAccess of [
    () => {
      throw new TypeError('disk full: citizen-datum')
    },
    async () => {
      throw new TypeError('citizen-datum')
    }
  ]) {
    const built = await dataApp(t, { apis, providers: providersAt(server.url), onAccess })
    t.match(await built.inside(qf), { data: {} })
    await new Promise((resolve) => setImmediate(resolve))
    t.match(built.logs(), /onAccess failed/)
    t.notMatch(built.logs(), /citizen-datum/)
  }
})

t.test('each call is traced on the channel, without what it returns', async (t) => {
  const server = await startDataServer(t)
  const built = await dataApp(t, { apis, providers: providersAt(server.url) })
  const seen: [string, FcDataTrace][] = []
  const channel = tracingChannel<unknown, FcDataTrace>(channelName)
  const subscriber = Object.fromEntries(
    ['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map((event) => [
      event,
      (trace: FcDataTrace) => seen.push([event, structuredClone({ access: trace.access })])
    ])
  ) as unknown as Parameters<typeof channel.subscribe>[0]
  channel.subscribe(subscriber)
  t.teardown(() => channel.unsubscribe(subscriber))
  server.answer((_, response) => json(response, 200, { data: { quotient_familial: { fournisseur: 'citizen-datum' } } }))
  t.match(await built.inside(qf), { data: { quotient_familial: { fournisseur: 'citizen-datum' } } })
  server.answer((_, response) => json(response, 500, {}))
  await built.refused((request) => request.fcData('dss/quotient-familial', {}, { fresh: true }))
  const events = seen.map(([event]) => event).join()
  t.equal(events, 'start,end,asyncStart,asyncEnd,start,end,error,asyncStart,asyncEnd')
  t.match(seen[3], ['asyncEnd', { access: { status: 200, code: null, subject: /^[\w-]{43}$/ } }])
  t.notMatch(JSON.stringify(seen), private_)
})
