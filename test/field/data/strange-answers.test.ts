import { ageOn, parseBirthdate } from 'fastify-fc-data'
import t from 'tap'
import { GOOD, qf, startCitizens } from './citizens.ts'
import { type Answering, startHost } from './host.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const sent =
  (body: string | Buffer, headers: Record<string, string> = JSON_TYPE, status = 200): Answering =>
  (_, response) =>
    response.writeHead(status, headers).end(body)
const quotient = (valeur: unknown) => JSON.stringify({ data: { quotient_familial: { valeur, annee: 2026 } } })

t.test(
  'a number that JSON would write so is a number; what a reader would have to guess is left out and named',
  async (t) => {
    const host = await startHost(t)
    const { as } = await startCitizens(t, host.url)
    for (const [valeur, read] of [
      ['464.50', 464.5],
      ['00464', 464],
      ['1e3', 1000],
      [' 464 ', 464],
      ['-1', -1],
      [464.5, 464.5]
    ]) {
      host.answers(sent(quotient(valeur)))
      t.match(await as('a', qf), { data: { quotient_familial: { valeur: read, annee: 2026 } } }, JSON.stringify(valeur))
    }
    const guesses = [
      '464,50',
      '1 464',
      '1\u202f464',
      '1.464,00',
      '464 €',
      '0x1d0',
      '١٢',
      'NaN',
      '',
      true,
      [464],
      { montant: 464 },
      null
    ]
    for (const valeur of guesses) {
      host.answers(sent(quotient(valeur)))
      const { data, meta } = await as('a', qf)
      t.strictSame(data, { quotient_familial: { annee: 2026 } }, JSON.stringify(valeur))
      t.match(meta, { leftOut: ['quotient_familial.valeur'] })
    }
  }
)

t.test('a member that the provider names and does not have costs no answer, even alone', async (t) => {
  const host = await startHost(t)
  const { as } = await startCitizens(t, host.url)
  host.answers(sent('{"data":{"quotient_familial":null}}'))
  t.match(await as('a', qf), { data: {}, meta: { leftOut: ['quotient_familial'] } })
  host.answers(
    sent('{"data":{"allocataires":null,"enfants":[null,{"prenoms":"Léa"}],"quotient_familial":{"valeur":1}}}')
  )
  t.match(await as('a', qf), {
    data: { enfants: [{}, { prenoms: 'Léa' }], quotient_familial: { valeur: 1 } },
    meta: { leftOut: ['allocataires', 'enfants.0'] }
  })
})

t.test('a body that is written otherwise is read as it is', async (t) => {
  const host = await startHost(t)
  const { as, refused } = await startCitizens(t, host.url)
  const good = JSON.stringify(GOOD)
  const written: [how: string, answer: Answering][] = [
    ['a byte order mark', sent(`\ufeff${good}`)],
    ['white space around', sent(`\n\t ${good} \r\n`)],
    ['text/plain', sent(good, { 'content-type': 'text/plain; charset=utf-8' })],
    ['application/octet-stream', sent(good, { 'content-type': 'application/octet-stream' })],
    ['text/json', sent(good, { 'content-type': 'text/json' })],
    ['no type', sent(good, {})],
    ['201', sent(good, JSON_TYPE, 201)],
    ['203', sent(good, JSON_TYPE, 203)],
    [
      'in single bytes',
      (_, response) => {
        response.writeHead(200, JSON_TYPE)
        for (const byte of Buffer.from(good)) response.write(Buffer.from([byte]))
        response.end()
      }
    ]
  ]
  for (const [how, answer] of written) {
    host.answers(answer)
    t.match(await as('a', qf), { data: GOOD.data, meta: { leftOut: undefined } }, how)
  }
  host.answers(sent('{"data":{"quotient_familial":{"valeur":1,"valeur":464}}}'))
  t.match(await as('a', qf), { data: { quotient_familial: { valeur: 464 } } }, 'of a name written twice, the last')
  host.answers(sent('{"data":{"quotient_familial":{"valeur":1e400,"annee":12345678901234567890,"mois":3}}}'))
  const large = { data: { quotient_familial: { mois: 3 } } }
  const { data, meta } = await as('a', qf)
  t.strictSame({ data }, large, 'no number that cannot be held')
  t.match(meta, { leftOut: ['quotient_familial.valeur', 'quotient_familial.annee'] })
  const other: [how: string, answer: Answering, message: RegExp][] = [
    ['HTML', sent('<html>Maintenance</html>', { 'content-type': 'text/html' }), /Content-Type is not JSON/],
    ['XML', sent('<a/>', { 'content-type': 'application/xml' }), /Content-Type is not JSON/],
    ['HTML as JSON', sent('<html>'), /not JSON/],
    ['HTML as a text', sent('<html>', { 'content-type': 'text/plain' }), /not JSON/],
    ['two answers', sent(`${good}\n${good}`), /not JSON/],
    ['204', sent('', {}, 204), /204 without a body/],
    ['204 with a type', sent('', { 'content-type': 'text/html' }, 204), /204 without a body/],
    ['UTF-16', sent(Buffer.from(good, 'utf16le')), /not JSON|malformed/]
  ]
  for (const [how, answer, message] of other) {
    host.answers(answer)
    t.match(await refused('a', qf), { code: 'FST_FC_DATA_INVALID_RESPONSE', remedy: 'retry', message }, how)
  }
})

t.test('an answer cut in the middle is asked again, and never read by halves', async (t) => {
  const host = await startHost(t)
  const { as, refused } = await startCitizens(t, host.url)
  const whole = JSON.stringify(GOOD)
  const cut =
    (text: string, headers: Record<string, string>): Answering =>
    (_, response) => {
      response.writeHead(200, { ...JSON_TYPE, ...headers })
      response.write(text, () => setTimeout(() => response.destroy(), 20))
    }
  for (const [how, answer] of [
    ['chunked', cut(whole.slice(0, 12), {})],
    ['chunked, after the last brace', cut(whole, {})],
    ['shorter than it says', cut(whole.slice(0, 12), { 'content-length': '400' })]
  ] as const) {
    let calls = 0
    host.answers((request, response) => (calls++ ? sent(whole)(request, response) : answer(request, response)))
    t.match(await as('a', qf), { data: GOOD.data }, how)
    host.answers(answer)
    t.match(await refused('a', qf), { code: 'FST_FC_DATA_UNAVAILABLE', remedy: 'retry' }, how)
  }
})

t.test('a list of thousands that do not fit fills no log', async (t) => {
  const host = await startHost(t)
  const { as, logs } = await startCitizens(t, host.url)
  const enfants = Array.from({ length: 9000 }, (_, i) => (i % 2 ? { prenoms: 'Léa' } : 'citizen-datum'))
  host.answers(sent(JSON.stringify({ data: { quotient_familial: { valeur: 1 }, enfants } })))
  const { data, meta } = (await as('a', qf)) as { data: { enfants: unknown[] }; meta: { leftOut: string[] } }
  t.equal(data.enfants.length, 9000, 'the others keep their rank')
  t.equal(meta.leftOut.length, 4500)
  t.ok(logs().length < 10_000, `${logs().length} characters`)
  t.match(logs(), /"others":4450/)
  t.notMatch(logs(), 'citizen-datum')
})

t.test('birthdates as registers write them, those that say nothing included', (t) => {
  const on = new Date('2026-11-27T12:00:00Z')
  t.equal(ageOn('1899-12-31', on), 126)
  t.match(parseBirthdate('1850-00-00')?.agesOn(on), { atLeast: 175, atMost: 176 })
  t.equal(ageOn({ jour: 1, mois: 2, annee: 1950 }, on), 76, 'numbers')
  t.match(parseBirthdate({ jour: null, mois: null, annee: '1950' }), { year: 1950, month: null, day: null })
  for (const none of ['0000-00-00', '0001-01-01', '1950', '1950-02', '19500201', '01/02/1950', { annee: null }, {}])
    t.equal(parseBirthdate(none), null, JSON.stringify(none))
  t.end()
})
