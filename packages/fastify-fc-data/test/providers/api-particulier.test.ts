import t from 'tap'
import type { FcDataErrorCode } from '../../src/errors.ts'
import { dataApp, providersAt } from '../data-app.ts'
import { json, startDataServer } from '../data-server.ts'

const member = (code: string, title = 'Titre', meta = {}) => ({
  code,
  title,
  detail: 'M. DUPONT né le 24/08/1962',
  source: null,
  meta
})

t.test('its codes, in both generations', async (t) => {
  const server = await startDataServer(t)
  const apis = [{ name: 'dss/quotient-familial' as const, scopes: ['cnaf_quotient_familial'] as const }]
  const rows: [number, string, FcDataErrorCode, RegExp][] = [
    [401, '50001', 'FST_FC_DATA_TOKEN_REFUSED', /401 50001/],
    [401, '51501', 'FST_FC_DATA_TOKEN_REFUSED', /401 51501/],
    [401, '50002', 'FST_FC_DATA_TOKEN_EXPIRED', /FranceConnect/],
    [401, '51502', 'FST_FC_DATA_TOKEN_EXPIRED', /FranceConnect/],
    [401, '50003', 'FST_FC_DATA_SCOPE_MISSING', /birthplace/],
    [401, '51503', 'FST_FC_DATA_SCOPE_MISSING', /birthplace/],
    [401, '51504', 'FST_FC_DATA_TOKEN_REFUSED', /401 51504/],
    [401, '00101', 'FST_FC_DATA_TOKEN_REFUSED', /401 00101/],
    [403, '00100', 'FST_FC_DATA_FORBIDDEN', /DataPass/],
    [404, '00402', 'FST_FC_DATA_PROVIDER_ERROR', /404 00402/],
    [409, '00016', 'FST_FC_DATA_PROVIDER_ERROR', /409/],
    [422, '00203', 'FST_FC_DATA_PROVIDER_ERROR', /recipient/],
    [422, '00210', 'FST_FC_DATA_PROVIDER_ERROR', /recipient/],
    [422, '36560', 'FST_FC_DATA_IDENTITY_NOT_MATCHED', /by hand/],
    [403, '39001', 'FST_FC_DATA_FORBIDDEN', /403 39001/],
    [429, '39004', 'FST_FC_DATA_RATE_LIMITED', /too many/],
    [502, '51001', 'FST_FC_DATA_UNAVAILABLE', /down/],
    [502, '51004', 'FST_FC_DATA_UNAVAILABLE', /down/],
    [502, '51008', 'FST_FC_DATA_RATE_LIMITED', /limits/],
    [429, '00429', 'FST_FC_DATA_RATE_LIMITED', /too many/],
    [502, '37999', 'FST_FC_DATA_PROVIDER_ERROR', /502 37999/],
    [502, '35008', 'FST_FC_DATA_RATE_LIMITED', /limits/],
    [503, '35020', 'FST_FC_DATA_UNAVAILABLE', /maintenance/],
    [504, '37001', 'FST_FC_DATA_UNAVAILABLE', /down/],
    [502, '37004', 'FST_FC_DATA_UNAVAILABLE', /down/],
    [504, '37002', 'FST_FC_DATA_TIMEOUT', /in time/]
  ]
  for (const [status, code, expected, message] of rows) {
    const built = await dataApp(t, { apis, providers: providersAt(server.url) })
    server.answer((_, response) =>
      json(response, status, { errors: [member(code)] }, { 'content-type': 'application/vnd.api+json' })
    )
    const error = await built.refused((request) => request.fcData('dss/quotient-familial'))
    t.match(
      error,
      { code: expected, message, providerStatusCode: status, providerErrors: [{ code, title: 'Titre' }] },
      `${status} ${code}`
    )
    t.notMatch(JSON.stringify(error) + built.logs(), /DUPONT|1962-/)
  }
})

t.test('404 of a provider behind it means that there is nothing on this citizen', async (t) => {
  const server = await startDataServer(t)
  const built = await dataApp(
    t,
    { apis: ['dss/quotient-familial'], providers: providersAt(server.url) },
    { scope: ['cnaf_adresse'] }
  )
  for (const code of ['35003', '23003', '10003', '40003', '40402', '42005']) {
    server.answer((_, response) => json(response, 404, { errors: [member(code, 'Dossier allocataire absent')] }))
    const result = await built.inside((request) => request.fcData('dss/quotient-familial', {}, { fresh: true }))
    t.match(result, { data: null, meta: { reason: { code, title: 'Dossier allocataire absent' }, held: false } })
  }
  const held = await built.inside((request) => request.fcData('dss/quotient-familial'))
  t.match(held, { data: null, meta: { reason: { code: '42005' }, held: true } }, 'and is held like an answer')
  for (const body of ['<html>Not Found</html>', '{}', '{"errors":[]}', '{"errors":[{"code":"00402"}]}']) {
    server.answer((_, response) => json(response, 404, body))
    const error = await built.refused((request) => request.fcData('dss/quotient-familial', {}, { fresh: true }))
    t.match(error, { code: 'FST_FC_DATA_PROVIDER_ERROR' }, `${body} is not such an answer`)
  }
})

t.test('what it adds to the envelope is in meta.envelope, a month asked is not read from its cache', async (t) => {
  const server = await startDataServer(t)
  const built = await dataApp(
    t,
    { apis: ['ants/extrait-immatriculation-vehicule', 'dss/quotient-familial'], providers: providersAt(server.url) },
    { scope: ['cnaf_adresse', 'ants_extrait_immatriculation_vehicule_statut_rattachement'] }
  )
  server.answer((_, response) =>
    json(response, 200, {
      data: { statut_rattachement: 'titulaire' },
      links: {},
      meta: { identity_matching: { overall_match: true }, api: 'x', held: true }
    })
  )
  const result = await built.inside((request) =>
    request.fcData('ants/extrait-immatriculation-vehicule', { immatriculation: 'fc456cd' })
  )
  t.match(result, {
    meta: {
      envelope: { identity_matching: { overall_match: true } },
      api: 'ants/extrait-immatriculation-vehicule',
      held: false
    }
  })
  t.match(server.calls[0]?.url, /\?recipient=13002526500013&immatriculation=FC-456-CD$/)
  server.answer((_, response) => json(response, 200, { data: {} }))
  await built.inside((request) => request.fcData('dss/quotient-familial'))
  t.equal(server.calls.at(-1)?.headers['cache-control'], undefined)
  await built.inside((request) => request.fcData('dss/quotient-familial', { annee: new Date().getUTCFullYear() }))
  t.equal(server.calls.at(-1)?.headers['cache-control'], 'no-cache')
})

t.test('titles that repeat what the request carried, or are not titles, are left out', async (t) => {
  const server = await startDataServer(t)
  const built = await dataApp(
    t,
    { apis: ['ants/extrait-immatriculation-vehicule'], providers: providersAt(server.url) },
    { scope: ['ants_extrait_immatriculation_vehicule_statut_rattachement'] }
  )
  const errors = [
    member('42999', 'Plaque FC-456-CD inconnue'),
    member('42998', `jeton ${'a'.repeat(43)}`),
    member('42997', '<script>alert(1)</script>\u001b[31m\r\nlevel=50'),
    member('42996', 'x '.repeat(500)),
    { code: { toString: 'x' }, title: 'x' },
    member('../../etc', 'x'),
    member('42995', 'au-delà de cinq')
  ]
  const ask = () =>
    built.refused((request) =>
      request.fcData('ants/extrait-immatriculation-vehicule', { immatriculation: 'FC-456-CD' })
    )
  server.answer((_, response) => json(response, 500, { errors }))
  const error = await ask()
  const [plate, token, script, long] = error.providerErrors ?? []
  t.strictSame([plate, token], [{ code: '42999' }, { code: '42998' }])
  const unsafe = ['<', '>', '\u001b', '\r', '\n'].filter((character) => script?.title?.includes(character))
  t.strictSame(unsafe, [])
  t.equal(long?.title?.length, 200)
  t.equal(error.providerErrors?.length, 4)
  const writings = ['Plaque FC456CD inconnue', 'plaque fc 456 cd', 'Plaque FC.456.CD']
  const echoes = writings.map((title) => member('42999', title))
  server.answer((_, response) => json(response, 500, { errors: echoes }, { 'x-request-id': 'plaque-fc456cd' }))
  const { providerErrors, requestId } = await ask()
  t.strictSame(providerErrors, Array(3).fill({ code: '42999' }), 'however it is written')
  t.equal(requestId, undefined)
})
