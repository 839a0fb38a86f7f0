import { ageOn, defineApi, derniersMois, type Provider, parseBirthdate } from 'fastify-fc-data'
import t from 'tap'
import { Type } from 'typebox'
import { enveloped, startDataHost, startDataService } from './service.ts'

const noon = (day: string) => new Date(`${day}T12:00:00Z`)

t.test('this month’s quotient, else last month’s', async (t) => {
  t.strictSame(derniersMois(2, noon('2026-11-27')), [
    { annee: 2026, mois: 11 },
    { annee: 2026, mois: 10 }
  ])
  t.strictSame(derniersMois(3, noon('2026-01-01')), [
    { annee: 2026, mois: 1 },
    { annee: 2025, mois: 12 },
    { annee: 2025, mois: 11 }
  ])
  t.match(derniersMois(1, new Date('2026-11-30T23:30:00Z')), [{ mois: 12 }], 'already December in Paris')
  t.equal(derniersMois(99).length, 24, 'no more than what is kept')

  const host = await startDataHost(t)
  const apis = [{ name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] }] as const
  const service = await startDataService(t, host.url, { apis })
  const [, previous] = derniersMois()
  host.answers(({ url }) =>
    url.includes(`mois=${previous!.mois}`) && url.includes(`annee=${previous!.annee}`)
      ? { body: enveloped({ quotient_familial: { valeur: 464, mois: previous!.mois } }) }
      : { status: 404, body: { errors: [{ code: '35003', title: 'Dossier allocataire absent' }] } }
  )
  const result = await service.inside((request) => request.fcData('dss/quotient-familial', derniersMois()))
  t.match(result, { data: { quotient_familial: { valeur: 464, mois: previous!.mois } } })
  t.equal(host.seen.length, 2)
})

t.test('ages of family members, partial dates included', async (t) => {
  const on = noon('2026-11-27')
  const cases: [Parameters<typeof parseBirthdate>[0], object | null, number | null, object | null][] = [
    ['2019-11-27', { year: 2019, month: 11, day: 27 }, 7, { atLeast: 7, atMost: 7 }],
    ['2019-11-28', { year: 2019, month: 11, day: 28 }, 6, { atLeast: 6, atMost: 6 }],
    ['2024-00-00', { year: 2024, month: null, day: null }, null, { atLeast: 1, atMost: 2 }],
    ['2024-03-00', { year: 2024, month: 3, day: null }, 2, { atLeast: 2, atMost: 2 }],
    ['2024-11-00', { year: 2024, month: 11, day: null }, null, { atLeast: 1, atMost: 2 }],
    ['2024-12-00', { year: 2024, month: 12, day: null }, 1, { atLeast: 1, atMost: 1 }],
    ['2026-00-00', { year: 2026, month: null, day: null }, 0, { atLeast: 0, atMost: 0 }],
    ['2027-00-00', { year: 2027 }, null, null],
    ['2020-02-29', { day: 29 }, 6, { atLeast: 6, atMost: 6 }],
    [{ jour: '5', mois: '6', annee: '1980' }, { year: 1980, month: 6, day: 5 }, 46, { atLeast: 46, atMost: 46 }],
    ['1992-05-04T00:00:00+01:00', { year: 1992, month: 5, day: 4 }, 34, { atLeast: 34, atMost: 34 }]
  ]
  for (const [written, date, age, ages] of cases) {
    t.match(parseBirthdate(written), date, JSON.stringify(written))
    t.equal(ageOn(written, on), age)
    t.strictSame(parseBirthdate(written)!.agesOn(on), ages)
  }
  for (const text of [
    '',
    '2024',
    '2023-02-29',
    '2024-13-01',
    '2024-00-05',
    '05/06/2019',
    'demain',
    null,
    undefined,
    {}
  ])
    t.equal(parseBirthdate(text), null, JSON.stringify(text))
  t.equal(ageOn('2020-02-29', noon('2026-02-28')), 5)
  t.equal(ageOn('2020-02-29', noon('2026-03-01')), 6)
  t.equal(ageOn('2019-11-28', new Date('2026-11-27T23:30:00Z')), 7, 'already the 28th in Paris')
})

t.test('an API of one’s own that takes a POST', async (t) => {
  const host = await startDataHost(t)
  const params = Type.Object({ ecole: Type.String(), mois: Type.Integer() })
  const solde = { url: `${host.url}/ecoles/{ecole}/solde?v=2`, scopes: [], method: 'POST', params } as const
  const plain = defineApi({ ...solde, name: 'ville/solde' })
  const region: Provider = {
    name: 'region',
    query: { client: 'mairie' },
    headers: () => ({ 'Content-Type': 'application/x-www-form-urlencoded' }),
    body: ({ token, params: { mois } }) => new URLSearchParams({ jeton: token, periode: String(mois) }).toString()
  }
  const own = defineApi({ ...solde, name: 'region/solde', provider: region })
  const broken = defineApi({
    ...solde,
    name: 'region/coffre',
    provider: {
      ...region,
      body: () => {
        throw new Error('jeton-de-login-1')
      }
    }
  })
  const service = await startDataService(t, host.url, { apis: [plain, own, broken], hold: false })
  host.answers({ body: { solde: 12 } })
  const given = { ecole: 'Jules Ferry', mois: 11 }
  t.match(await service.inside((request) => request.fcData(plain, given)), { data: { solde: 12 } })
  t.match(host.seen[0], {
    method: 'POST',
    url: '/ecoles/Jules%20Ferry/solde?v=2',
    body: '{"mois":11}',
    headers: { 'content-type': 'application/json', authorization: 'Bearer jeton-de-login-1' }
  })
  await service.inside((request) => request.fcData(own, given))
  t.match(host.seen[1], {
    method: 'POST',
    url: '/ecoles/Jules%20Ferry/solde?v=2&client=mairie',
    body: 'jeton=jeton-de-login-1&periode=11',
    headers: { 'content-type': 'application/x-www-form-urlencoded' }
  })
  const error = (await t.rejects(
    service.inside((request) => request.fcData(broken, given)),
    { code: 'FST_FC_DATA_CREDENTIALS_FAILED' }
  )) as Error
  t.notMatch(String(error?.message) + service.logs(), /jeton-de-login-1/)
  host.seen.length = 0
  host.answers({ status: 502, body: {} })
  await t.rejects(service.inside((request) => request.fcData(plain, given)))
  t.equal(host.seen.length, 1, 'a POST is never tried twice')
  const boot = startDataService(t, host.url, { apis: [defineApi({ ...solde, name: 'a', method: 'PUT' as 'POST' })] })
  await t.rejects(boot, { message: /"apis\[0\].method" must be 'GET' or 'POST'/ })
})
