import t from 'tap'
import { parisDay } from '../../src/dates/paris.ts'
import { API_KEY, dataApp, providersAt, TOKEN } from '../data-app.ts'
import { json, startDataServer } from '../data-server.ts'

t.test('a key beside the token, the NIR in a header, any media type', async (t) => {
  const server = await startDataServer(t)
  const apis = [{ name: 'cnam/droits-caisse' as const, scopes: ['cnam_caisse'] as const }]
  const providers = { cnam: { ...providersAt(server.url).cnam!, baseUrl: `${server.url}/test/` } }
  const built = await dataApp(t, { apis, providers })
  server.answer((_, response) => json(response, 200, { codeCentre: '1' }, { 'content-type': 'text/plain' }))
  const nir = '262087510704255'
  const today = parisDay(new Date())
  const result = await built.inside((request) => request.fcData('cnam/droits-caisse', { nir, dateDebut: today }))
  t.match(result, { data: { codeCentre: '1' } })
  t.match(server.calls[0], {
    url: `/test/v1/droits/beneficiaires/caisse?dateDebut=${today}`,
    headers: { authorization: `Bearer ${TOKEN}`, 'x-api-key': API_KEY, nir }
  })
  t.notMatch(built.logs(), new RegExp(`${nir}|${API_KEY}`))
  for (const wrong of ['', '1', '26208751070425X', '2620875107042 5', '262087510704255\r\nx: y']) {
    const error = await built.refused((request) => request.fcData('cnam/droits-caisse', { nir: wrong }))
    t.match(error, { code: 'FST_FC_DATA_INVALID_PARAMS', message: /nir must match/ })
  }
  t.equal(server.calls.length, 1)
})
