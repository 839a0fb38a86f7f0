import t, { type Test } from 'tap'
import type { FcDataOptions } from '../../src/options/options.ts'
import { type Caller, type DataApp, dataApp, providersAt, type TokenOptions } from '../data-app.ts'
import { type DataServer, json, startDataServer } from '../data-server.ts'

async function bench(
  t: Test,
  options: Partial<FcDataOptions> = {},
  token?: TokenOptions
): Promise<{ server: DataServer; built: DataApp }> {
  const server = await startDataServer(t)
  const apis = [
    { name: 'dss/quotient-familial' as const, scopes: ['cnaf_quotient_familial'] as const },
    { name: 'dgfip/situation-ir' as const, scopes: ['dgfip_annee_n_moins_1', 'dgfip_rfr'] as const }
  ]
  const built = await dataApp(t, { apis, providers: providersAt(server.url), ...options }, token)
  let count = 0
  server.answer(({ url = '' }, response) => {
    count++
    const data = { quotient_familial: { valeur: count } }
    setTimeout(() => json(response, 200, url.startsWith('/v3') ? { data, links: {}, meta: {} } : { rfr: count }), 20)
  })
  return { server, built }
}

const qf: Caller = (request) => request.fcData('dss/quotient-familial')
const valeur = (result: unknown) =>
  (result as { data: { quotient_familial: { valeur: number } } }).data.quotient_familial.valeur

t.test('1. the entry', async (t) => {
  const { server, built } = await bench(t)
  for (const name of [
    '__proto__',
    'constructor',
    'toString',
    '../x',
    'http://evil.example',
    '',
    'x'.repeat(10_000),
    ['dss/quotient-familial'],
    null,
    7
  ]) {
    const error = await built.refused((request) => request.fcData(name as 'dss/quotient-familial'))
    t.match(error, { code: 'FST_FC_DATA_UNKNOWN_API', statusCode: 500 }, String(name).slice(0, 30))
    t.ok(error.message.length < 500)
  }
  t.match(await built.refused((request) => request.fcData('dss/prime-activite')), {
    code: 'FST_FC_DATA_API_NOT_ENABLED',
    statusCode: 500
  })
  t.match(await built.refused((request) => request.fcData('dgfip/situation-ir', { annrev: 'deux mille' } as never)), {
    code: 'FST_FC_DATA_INVALID_PARAMS',
    statusCode: 400
  })
  t.match(await built.refused((request) => request.fcData('dss/quotient-familial', { recipient: '1' } as never)), {
    code: 'FST_FC_DATA_INVALID_PARAMS'
  })
  t.equal(server.calls.length, 0, 'nothing left')
})

t.test('2. what is held', async (t) => {
  const { server, built } = await bench(t)
  const first = await built.inside(qf)
  t.match(first, { meta: { held: false } })
  t.match(await built.inside(qf), {
    data: { quotient_familial: { valeur: 1 } },
    meta: { held: true, correlationId: (first as { meta: { correlationId: string } }).meta.correlationId }
  })
  t.equal(server.calls.length, 1)
  t.equal(
    valeur(
      await built.inside((request) =>
        request.fcData('dss/quotient-familial', { annee: new Date().getUTCFullYear(), mois: 1 })
      )
    ),
    2,
    'other parameters'
  )
  t.equal(
    valeur(await built.inside((request) => request.fcData('dss/quotient-familial', undefined, { fresh: true }))),
    3,
    'asked afresh'
  )
  t.equal(valeur(await built.inside(qf)), 3, 'and held anew')
  t.equal(valeur(await built.inside(qf, 'login-2')), 4, 'another login has its own')
  await built.app.fcData.forget('login-1')
  t.equal(valeur(await built.inside(qf)), 5, 'nothing after the logout')
})

t.test('3. the token', async (t) => {
  const { server, built } = await bench(t)
  t.match(await built.refused(qf, ''), { code: 'FST_FC_DATA_LOGIN_REQUIRED', statusCode: 401 })
  const late = await bench(t, {}, { life: 1900 })
  t.match(
    await late.built.refused(qf),
    { code: 'FST_FC_DATA_TOKEN_EXPIRED', statusCode: 401 },
    'under two seconds of life'
  )
  const poor = await bench(t, {}, { scope: ['openid', 'cnaf_adresse'] })
  t.match(await poor.built.refused(qf), {
    code: 'FST_FC_DATA_SCOPE_MISSING',
    statusCode: 403,
    message: /cnaf_quotient_familial/
  })
  t.equal(server.calls.length + late.server.calls.length + poor.server.calls.length, 0, 'nothing left')
  const some = await bench(t, {}, { scope: ['dgfip_rfr'] })
  t.match(
    await some.built.inside((request) => request.fcData('dgfip/situation-ir', { annrev: 2024 })),
    { data: { rfr: 1 } },
    'one of the scopes will do'
  )
})

t.test('identical calls of one login share one exchange, each with their own copy', async (t) => {
  const { server, built } = await bench(t)
  const results = (await built.inside((request) =>
    Promise.all(Array.from({ length: 20 }, () => request.fcData('dss/quotient-familial')))
  )) as { data: Record<string, unknown> }[]
  t.equal(server.calls.length, 1)
  results[0]!.data['quotient_familial'] = 'changed'
  t.same(results[1]!.data, { quotient_familial: { valeur: 1 } })
  t.equal(new Set(results.map(({ data }) => data)).size, 20)
  t.equal(valeur(await built.inside(qf)), 1, 'nor what is held')
})

t.test('a caller who gives up leaves the others alone', async (t) => {
  const { server, built } = await bench(t)
  const abort = new AbortController()
  const [gone, kept] = await built.inside((request) => {
    const calls = [
      request.fcData('dss/quotient-familial', {}, { signal: abort.signal }),
      request.fcData('dss/quotient-familial', {}, { signal: new AbortController().signal })
    ]
    setTimeout(() => abort.abort(), 5)
    return Promise.allSettled(calls)
  })
  t.match(gone, { status: 'rejected', reason: { name: 'AbortError' } })
  t.match(kept, { status: 'fulfilled' })
  t.equal(server.calls.length, 1)
  await t.rejects(
    built.inside((request) =>
      request.fcData('dss/quotient-familial', {}, { signal: AbortSignal.abort(), fresh: true })
    ),
    { name: 'AbortError' }
  )
  t.equal(server.calls.length, 1, 'nothing leaves for a caller already gone')
})

t.test('hold: false asks each time', async (t) => {
  const { server, built } = await bench(t, { hold: false })
  await built.inside(qf)
  await built.inside(qf)
  t.equal(server.calls.length, 2)
})
