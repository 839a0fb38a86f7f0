import { defineApi, type Provider } from 'fastify-fc-data'
import t, { type Test } from 'tap'
import { startCitizens } from './citizens.ts'
import { json, startHost } from './host.ts'

/** A provider object as plain JavaScript may write one. */
type Written = { [Name in keyof Provider]?: unknown }

const key = () => ({ authorization: 'Bearer cle' })

async function called(t: Test, written: Written, status = 200, body: unknown = { solde: 1 }) {
  const host = await startHost(t)
  const provider = { name: 'ville', headers: key, ...written } as unknown as Provider
  const solde = defineApi({ name: 'ville/solde', url: `${host.url}/solde`, scopes: [], provider })
  const { as } = await startCitizens(t, host.url, { apis: [solde] })
  host.answers((_, response) => json(response, status, body))
  const result = await as('a', (request) => request.fcData.try(solde))
  return { ...result, seen: host.seen }
}

t.test('an error is read whatever its provider object makes of it', async (t) => {
  const broken = { code: 'FST_FC_DATA_PROVIDER_ERROR', providerStatusCode: 400, providerErrors: [] }
  for (const given of [undefined, 'abc', { code: 'a' }, [null, 1, { code: 7 }, 'x'], Promise.resolve([])])
    t.match((await called(t, { errors: () => given }, 400)).error, broken)
  const one = await called(t, { errors: () => [null, { code: 'A1', title: 9 }] }, 400)
  t.strictSame(one.error?.providerErrors, [{ code: 'A1' }])
  for (const given of [
    'x',
    null,
    { code: 'NOPE' },
    { code: 'toString' },
    { remedy: 'x', message: 9 },
    { retryIn: '1' }
  ]) {
    const { error } = await called(t, { failure: () => given }, 400)
    t.match(error, { ...broken, remedy: 'byHand' }, JSON.stringify(given))
    t.match(error?.message, /answered 400 to "ville\/solde"$/)
  }
})

t.test('only true says that there is nothing on a citizen', async (t) => {
  for (const given of ['yes', 1, {}, Promise.resolve(false)]) {
    const { error } = await called(t, { nothing: () => given }, 404)
    t.match(error, { code: 'FST_FC_DATA_PROVIDER_ERROR', providerStatusCode: 404 })
  }
  t.match(await called(t, { nothing: () => true }, 404), { data: null, error: null })
})

t.test('an envelope without data is none', async (t) => {
  for (const given of [undefined, 'x', 7, {}, { meta: {} }, Promise.resolve({ data: 1 })])
    t.match((await called(t, { unwrap: () => given })).error, { code: 'FST_FC_DATA_INVALID_RESPONSE' })
  const { data, meta } = await called(t, { unwrap: (body: unknown) => ({ data: body, meta: 'x' }) })
  t.strictSame([data, meta?.envelope], [{ solde: 1 }, {}])
})

t.test('headers are an object, or Headers; nothing leaves without them', async (t) => {
  for (const given of [undefined, null, 'cle', Promise.resolve(null)]) {
    const { error, seen } = await called(t, { headers: () => given })
    t.match(error, { code: 'FST_FC_DATA_CREDENTIALS_FAILED', remedy: 'configuration', message: /headers\(\)/ })
    t.equal(seen.length, 0)
  }
  for (const given of [new Headers(key()), Promise.resolve(new Map(Object.entries(key())))]) {
    const { data, seen } = await called(t, { headers: () => given })
    t.strictSame(data, { solde: 1 })
    t.equal(seen[0]?.headers.authorization, 'Bearer cle')
  }
  for (const given of [{ 'x a': 'b' }, { 'content-length': 'cinq' }, { 'transfer-encoding': 'chunked' }]) {
    const { error } = await called(t, { headers: () => given })
    t.match(error, { code: 'FST_FC_DATA_CREDENTIALS_FAILED', remedy: 'configuration', message: /header/ })
  }
})
