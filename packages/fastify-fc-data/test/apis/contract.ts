import { inspect, isDeepStrictEqual } from 'node:util'
import type { Test } from 'tap'
import type { CatalogueApi } from '../../src/apis/api.ts'
import type { FcDataErrorCode } from '../../src/errors.ts'
import type { FcDataOptions } from '../../src/options/options.ts'
import { annrev } from '../annrev.ts'
import { API_KEY, type Caller, CLIENT_SECRET, type DataApp, dataApp, providersAt, TOKEN } from '../data-app.ts'
import { type DataServer, json, startDataServer } from '../data-server.ts'
import { sampleOf, wrongSampleOf } from './sample.ts'

const PARAMS: Record<string, Record<string, unknown>> = {
  annrev: { annrev },
  immatriculation: { immatriculation: 'FC-456-CD' },
  nir: { nir: '1840775123456' }
}

/** Statuses and what the error must be, whoever the provider is. */
const STATUSES: [status: number, code: FcDataErrorCode, statusCode: number, calls: number][] = [
  [400, 'FST_FC_DATA_PROVIDER_ERROR', 502, 1],
  [401, 'FST_FC_DATA_TOKEN_REFUSED', 502, 1],
  [403, 'FST_FC_DATA_FORBIDDEN', 403, 1],
  [404, 'FST_FC_DATA_PROVIDER_ERROR', 502, 1],
  [409, 'FST_FC_DATA_PROVIDER_ERROR', 502, 1],
  [410, 'FST_FC_DATA_PROVIDER_ERROR', 502, 1],
  [422, 'FST_FC_DATA_PROVIDER_ERROR', 502, 1],
  [429, 'FST_FC_DATA_RATE_LIMITED', 503, 1],
  [500, 'FST_FC_DATA_PROVIDER_ERROR', 502, 1],
  [502, 'FST_FC_DATA_PROVIDER_ERROR', 502, 2],
  [503, 'FST_FC_DATA_UNAVAILABLE', 503, 1],
  [504, 'FST_FC_DATA_TIMEOUT', 504, 2]
]

/** One server and one application for the cases of an entry. */
interface Bench {
  server: DataServer
  built: DataApp
  call: Caller
}

function params(entry: CatalogueApi): Record<string, unknown> {
  const required = (entry.params as { required?: string[] }).required ?? []
  return Object.assign({}, ...required.map((name) => PARAMS[name]))
}

async function bench(t: Test, entry: CatalogueApi, timeout = 15_000): Promise<Bench> {
  const server = await startDataServer(t)
  const scopes = entry.provider === 'dgfip' ? ['dgfip_annee_n_moins_2', 'dgfip_rfr'] : [...entry.scopes]
  const apis = [{ name: entry.name, scopes, timeout }] as unknown as FcDataOptions['apis']
  const built = await dataApp(t, {
    apis,
    providers: providersAt(server.url),
    hold: false
  })
  return { server, built, call: (request) => request.fcData(entry.name as 'dss/quotient-familial', params(entry)) }
}

function envelope(entry: CatalogueApi, data: unknown): unknown {
  return entry.provider === 'apiParticulier' ? { data, links: {}, meta: {} } : data
}

const SECRETS = [TOKEN, API_KEY, CLIENT_SECRET, 'gateway-token', 'citizen-datum', 'FC-456-CD', '1840775123456']

/** Nothing of the citizen, of their token nor of the credentials in an error or a log. */
function checkSecrets(t: Test, texts: string[]): void {
  const whole = texts.join('\n')
  t.strictSame(
    SECRETS.filter((secret) => whole.includes(secret)),
    [],
    'no secret in errors and logs'
  )
}

function goodBody(entry: CatalogueApi): unknown {
  const data = sampleOf(entry.data)
  return Array.isArray(data) ? data : { ...(data as object), champ_inconnu: 1 }
}

/** Served again after a failure: the circuit is closed, and nothing of the failure stays. */
async function recovers(t: Test, entry: CatalogueApi, { server, built, call }: Bench, after: string): Promise<void> {
  const body = goodBody(entry)
  server.answer((_, response) => json(response, 200, envelope(entry, body)))
  const { data } = (await built.inside(call)) as { data: unknown }
  t.ok(isDeepStrictEqual(data, body), `${after}: the next call is served`)
  server.calls.length = 0
}

async function answers(t: Test, entry: CatalogueApi, { server, built, call }: Bench): Promise<void> {
  const body = goodBody(entry)
  server.answer((_, response) =>
    json(response, 200, envelope(entry, body), { 'content-type': 'application/vnd.api+json' })
  )
  const result = (await built.inside(call)) as { data: unknown; meta: Record<string, unknown> }
  t.strictSame(result.data, body, 'the data is handed over, unknown fields kept')
  t.match(result.meta, { api: entry.name, held: false, receivedAt: Date, correlationId: /^[0-9a-f-]{36}$/ })
  const [seen] = server.calls
  const filled = entry.path.replace('{annrev}', String(PARAMS['annrev']!['annrev']))
  t.equal(new URL(seen!.url, server.url).pathname, filled, 'at the path of the entry')
  t.notOk(seen!.url.includes(TOKEN), 'no token in the URL')
  const header = entry.provider === 'dgfip' ? seen!.headers['x-franceconnect-oauth'] : seen!.headers.authorization
  t.equal(header, entry.provider === 'dgfip' ? TOKEN : `Bearer ${TOKEN}`, 'FranceConnect’s token in its header')
  t.equal(seen!.headers['accept-encoding'], 'identity')
  checkSecrets(t, [built.logs()])
  server.calls.length = 0
}

/** Statuses by which a provider whose errors no specification describes says that it has nothing. */
const NOTHING: Partial<Record<CatalogueApi['provider'], number[]>> = {
  dgfip: [204, 404, 410],
  cnam: [404],
  franceTravail: [404]
}

async function statuses(t: Test, entry: CatalogueApi, bench: Bench): Promise<void> {
  const { server, built, call } = bench
  const nothing = NOTHING[entry.provider] ?? []
  for (const status of nothing) {
    server.answer((_, response) => json(response, status, status === 204 ? '' : { message: 'citizen-datum' }))
    const reason = { code: String(status), meaning: 'noFile' }
    t.match(await built.inside(call), { data: null, meta: { reason } }, `${status} is nothing`)
    checkSecrets(t, [built.logs()])
    server.calls.length = 0
  }
  for (const [status, code, statusCode, expected] of STATUSES.filter(([status]) => !nothing.includes(status))) {
    const echo = { message: `Bearer ${TOKEN}`, citizen: 'citizen-datum' }
    server.answer((_, response) => json(response, status, echo))
    const error = await built.refused(call)
    t.match(
      error,
      { code, statusCode, api: entry.name, provider: entry.provider, providerStatusCode: status },
      `${status}`
    )
    t.match(error, { userMessage: String, correlationId: /^[0-9a-f-]{36}$/ })
    // the gateway's own token may be the one refused: it is renewed, and the call made once more
    const made = status === 401 && entry.provider === 'dgfip' ? 2 : expected
    t.equal(server.calls.length, made, `${status}: ${made} call(s)`)
    checkSecrets(t, [inspect(error, { depth: 10 }), JSON.stringify(error), error.stack!, built.logs()])
    await recovers(t, entry, bench, `${status}`)
  }
}

async function garbage(t: Test, entry: CatalogueApi, bench: Bench): Promise<void> {
  const { server, built, call } = bench
  const [field, schema] =
    Object.entries((entry.data as { properties?: object; items?: { properties?: object } }).properties ?? {})[0] ?? []
  const wrong = field ? { [field]: wrongSampleOf(schema) } : { not: 'a list' }
  const cases: [string, (server: DataServer) => void][] = [
    ['not JSON', (server) => server.answer((_, response) => json(response, 200, '{"a":'))],
    ['nothing', (server) => server.answer((_, response) => json(response, 200, ''))],
    ['other data', (server) => server.answer((_, response) => json(response, 200, envelope(entry, wrong)))],
    ['a scalar', (server) => server.answer((_, response) => json(response, 200, '"citizen-datum"'))],
    ['huge', (server) => server.answer((_, response) => json(response, 200, ' '.repeat(1024 * 1024 + 1)))],
    [
      'a redirect',
      (server) => server.answer((_, response) => response.writeHead(302, { location: `${server.url}/other` }).end())
    ]
  ]
  if (entry.provider !== 'dgfip')
    cases.push(['204', (server) => server.answer((_, response) => response.writeHead(204).end())])
  for (const [name, arrange] of cases) {
    arrange(server)
    const error = await built.refused(call)
    t.match(
      error,
      { code: 'FST_FC_DATA_INVALID_RESPONSE', statusCode: 502, api: entry.name, provider: entry.provider },
      name
    )
    t.equal(server.calls.length, 1, `${name}: one call`)
    checkSecrets(t, [inspect(error, { depth: 10 }), built.logs()])
    await recovers(t, entry, bench, name)
  }
}

async function timeout(t: Test, entry: CatalogueApi): Promise<void> {
  const { server, built, call } = await bench(t, entry, 150)
  server.answer(() => undefined)
  const started = Date.now()
  const error = await built.refused(call)
  t.match(error, { code: 'FST_FC_DATA_TIMEOUT', statusCode: 504, api: entry.name })
  t.ok(Date.now() - started < 10_000, 'in time')
}

/** What every entry of the catalogue owes. */
export async function testApi(t: Test, entry: CatalogueApi): Promise<void> {
  const shared = await bench(t, entry)
  await answers(t, entry, shared)
  await statuses(t, entry, shared)
  await garbage(t, entry, shared)
  await timeout(t, entry)
}
