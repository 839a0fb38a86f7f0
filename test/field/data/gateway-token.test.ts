import t from 'tap'
import { annrev, IR, QF, qf, startCitizens } from './citizens.ts'
import { type Answering, json, startHost } from './host.ts'

const ir = (request: import('fastify').FastifyRequest) => request.fcData('dgfip/situation-ir', { annrev })

t.test('a gateway that limits its /token asks a wait of everybody, told to each', async (t) => {
  const host = await startHost(t)
  const { as, refused } = await startCitizens(t, host.url, { apis: [IR, QF] })
  host.answersToken((_, response) => json(response, 429, {}, { 'retry-after': '40' }))
  const first = await refused('first', ir)
  t.match(first, { code: 'FST_FC_DATA_CREDENTIALS_FAILED', remedy: 'retry', retryAfter: 40 })
  for (let i = 0; i < 6; i++) {
    const { code, retryAfter = 0 } = await refused(`citizen-${i}`, ir)
    t.equal(code, 'FST_FC_DATA_RATE_LIMITED')
    t.ok(retryAfter >= 38, `${retryAfter}`)
  }
  t.equal(host.tokens, 1, 'one request, one pause')
  host.answers((_, response) => json(response, 200, { data: { quotient_familial: { valeur: 1 } } }))
  t.match(await as('other', qf), { data: { quotient_familial: { valeur: 1 } } }, 'another provider is not paused')
})

t.test('a /token in maintenance with a time says how long, and is no outage', async (t) => {
  const until: Answering = (_, response) => json(response, 503, {}, { 'retry-after': '600' })
  const host = await startHost(t)
  const { refused } = await startCitizens(t, host.url, { apis: [IR] })
  host.answersToken(until)
  for (let i = 0; i < 7; i++)
    t.match(await refused(`citizen-${i}`, ir), { code: 'FST_FC_DATA_CREDENTIALS_FAILED', retryAfter: 600 })
  host.answersToken((_, response) => json(response, 503, {}))
  for (let i = 0; i < 5; i++) t.match(await refused(`other-${i}`, ir), { code: 'FST_FC_DATA_CREDENTIALS_FAILED' })
  t.match(await refused('last', ir), { code: 'FST_FC_DATA_UNAVAILABLE' }, 'one that says nothing is')
})
