import t from 'tap'
import { Type } from 'typebox'
import { defineApi } from '../../src/apis/api.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { dataApp, TOKEN } from '../data-app.ts'
import { json, startDataServer } from '../data-server.ts'

t.test('an API of one’s own, by its name or by itself', async (t) => {
  const server = await startDataServer(t)
  const solde = defineApi({
    name: 'ville/solde-cantine',
    url: `${server.url}/ecoles/{ecole}/solde?v=2`,
    scopes: ['ville_solde'],
    params: Type.Object({ ecole: Type.String(), mois: Type.Optional(Type.Integer()) }),
    data: Type.Object({ solde: Type.Number() })
  })
  const brut = defineApi({ name: 'ville/brut', url: `${server.url}/brut`, scopes: [] })
  const built = await dataApp(t, { apis: [solde, brut] }, { scope: ['openid', 'ville_solde'] })
  server.answer((_, response) => json(response, 200, { solde: 12.5, autre: 1 }))
  const result = await built.inside((request) => request.fcData(solde, { ecole: 'Jules Ferry', mois: 3 }))
  t.match(result, { data: { solde: 12.5, autre: 1 }, meta: { api: 'ville/solde-cantine' } })
  t.match(server.calls[0], {
    method: 'GET',
    url: '/ecoles/Jules%20Ferry/solde?v=2&mois=3',
    headers: { authorization: `Bearer ${TOKEN}` }
  })
  t.match(await built.inside((request) => request.fcData('ville/brut' as 'dss/quotient-familial')), {
    data: { autre: 1 }
  })
  t.match(await built.refused((request) => request.fcData(solde, { ecole: '..' })), {
    code: 'FST_FC_DATA_INVALID_PARAMS'
  })
  t.match(await built.refused((request) => request.fcData(brut, { a: 1 } as never)), {
    code: 'FST_FC_DATA_INVALID_PARAMS'
  })
  server.answer((_, response) => json(response, 404, { errors: [{ code: '35003' }] }))
  t.match(await built.refused((request) => request.fcData(brut, {}, { fresh: true })), {
    code: 'FST_FC_DATA_PROVIDER_ERROR',
    provider: 'ville',
    providerStatusCode: 404
  })
})

t.test('a provider object of one’s own', async (t) => {
  const server = await startDataServer(t)
  const provider: Provider = {
    name: 'region',
    query: { client: 'mairie' },
    headers: async ({ token, correlationId }) => ({
      'x-jeton': Buffer.from(token).toString('base64'),
      'x-id': correlationId
    }),
    unwrap: (body) => ({ data: (body as { resultat: unknown }).resultat, meta: { source: 'region' } }),
    errors: (body) => [{ code: (body as { erreur: string }).erreur }],
    nothing: (status) => status === 410,
    failure: (_, [error]) =>
      error?.code === 'PAUSE' ? { code: 'FST_FC_DATA_UNAVAILABLE', message: 'it pauses at noon' } : undefined
  }
  const carte = defineApi({ name: 'region/carte', url: `${server.url}/carte`, scopes: [], provider })
  const built = await dataApp(t, { apis: [carte], hold: false })
  const call = () => built.inside((request) => request.fcData(carte))
  const refused = () => built.refused((request) => request.fcData(carte))
  server.answer((_, response) => json(response, 200, { resultat: { a: 1 } }))
  t.match(await call(), { data: { a: 1 }, meta: { envelope: { source: 'region' }, held: false } })
  t.match(server.calls[0], {
    url: '/carte?client=mairie',
    headers: { 'x-jeton': Buffer.from(TOKEN).toString('base64'), authorization: undefined }
  })
  server.answer((_, response) => json(response, 410, { erreur: 'RIEN' }))
  t.match(await call(), { data: null, meta: { reason: { code: 'RIEN' } } })
  server.answer((_, response) => json(response, 500, { erreur: 'PAUSE' }))
  t.match(await refused(), {
    code: 'FST_FC_DATA_UNAVAILABLE',
    message: /noon/,
    provider: 'region',
    providerErrors: [{ code: 'PAUSE' }]
  })
  server.answer((_, response) => json(response, 500, 'null'))
  t.match(await refused(), { code: 'FST_FC_DATA_PROVIDER_ERROR' }, 'errors() throws on a body that it does not know')
  server.answer((_, response) => json(response, 200, 'null'))
  t.match(await refused(), { code: 'FST_FC_DATA_INVALID_RESPONSE' }, 'so does unwrap()')
})

t.test('credentials that cannot be made, or never come', async (t) => {
  const server = await startDataServer(t)
  const broken = (headers: Provider['headers']) =>
    defineApi({ name: 'region/carte', url: `${server.url}/carte`, scopes: [], provider: { name: 'region', headers } })
  const thrower = broken(() => {
    throw new Error(`vault is sealed: ${TOKEN}`)
  })
  const built = await dataApp(t, { apis: [thrower] })
  const error = await built.refused((request) => request.fcData(thrower))
  t.match(error, { code: 'FST_FC_DATA_CREDENTIALS_FAILED', statusCode: 502, provider: 'region' })
  t.notMatch(JSON.stringify(error) + error.stack + built.logs(), TOKEN)
  const never = broken(() => new Promise(() => undefined))
  const slow = await dataApp(t, { apis: [never], timeout: 150 })
  t.match(await slow.refused((request) => request.fcData(never)), { code: 'FST_FC_DATA_TIMEOUT' })
  t.equal(server.calls.length, 0)
})

t.test('a wrong schema of one’s own fails the boot, and says which', async (t) => {
  const api = { name: 'ville/brut', url: 'https://ville.example/brut', scopes: [] }
  const cases: [object, RegExp][] = [
    [{ data: { type: 'objet' } }, /"apis\[0\].data" is not a schema that can be read: "objet" is not a type/],
    [{ data: Type.Object({ a: Type.Unsafe({ type: 'string', pattern: '(' }) }) }, /"apis\[0\].data" .*pattern/],
    [{ params: { type: 'object', properties: { a: 1 } } }, /"apis\[0\].params" .*no schema/]
  ]
  for (const [schemas, message] of cases)
    await t.rejects(dataApp(t, { apis: [{ ...api, ...schemas }] }), { code: 'FST_FC_DATA_INVALID_OPTIONS', message })
})

t.test('a token without its login is refused: two citizens would share one', async (t) => {
  const server = await startDataServer(t)
  const api = defineApi({ name: 'ville/brut', url: `${server.url}/brut`, scopes: [] })
  const whole = { value: 'x', expiresAt: new Date(Date.now() + 60_000), scope: [], loginId: 'l' }
  for (const missing of ['value', 'expiresAt', 'scope', 'loginId']) {
    const built = await dataApp(t, { apis: [api], getAccessToken: () => ({ ...whole, [missing]: undefined }) })
    t.match(await built.refused((request) => request.fcData(api)), { code: 'FST_FC_DATA_INVALID_OPTIONS' }, missing)
  }
})
