import { randomUUID } from 'node:crypto'
import t from 'tap'
import { checkOptions } from '../../src/registration/options.ts'
import { ask } from './ask.ts'
import { withDataProviders } from './checktoken-double.ts'

type Settings = Parameters<typeof withDataProviders>[1]

/** What the three providers say of somebody on whom they hold nothing. */
async function nothing(t: { teardown(end: () => unknown): unknown }, settings?: Settings) {
  const sandbox = await withDataProviders({}, settings)
  t.teardown(() => sandbox.close())
  sandbox.moveTo(10)
  const { dgfip, cnam, franceTravail } = sandbox.options
  const token = await fetch(dgfip.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${dgfip.clientId}:${dgfip.clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'RessourceIRDerniere2' })
  })
  const taxes = await ask(`${dgfip.baseUrl}/impotparticulier/1.0/dernieresituation/ir/assiettes/deuxans`, {
    authorization: `Bearer ${(await token.json()).access_token}`,
    'x-franceconnect-oauth': sandbox.issue('sans_dossier', 'dgfip_annee_n_moins_1', 'dgfip_rfr'),
    'x-correlation-id': randomUUID()
  })
  const health = await ask(`${cnam.baseUrl}/v1/droits/beneficiaires/me`, {
    authorization: `Bearer ${sandbox.issue('sans_dossier', 'droits_assurance_maladie')}`,
    'x-api-key': cnam.apiKey
  })
  const work = await ask(`${franceTravail.baseUrl}/partenaire/fc-statutaugmente/v1/statut`, {
    authorization: `Bearer ${sandbox.issue('sans_dossier', 'api_fc-statutaugmentev1')}`
  })
  return [taxes, health, work]
}

t.test('guesses say that they are some', async (t) => {
  const answers = await nothing(t)
  t.same(
    answers.map(({ status }) => status),
    [410, 404, 404]
  )
  t.equal(answers[0]?.body.codeapp, '4101')
  for (const { headers } of answers) t.ok(headers.get('x-sandbox-guess'))
})

t.test('and another may be tried', async (t) => {
  const answers = await nothing(t, { dgfip: 404, cnam: 204, franceTravail: 403 })
  t.same(
    answers.map(({ status }) => status),
    [404, 204, 403]
  )
  t.notOk('codeapp' in (answers[0]?.body ?? {}))
  t.equal(answers[1]?.text, '')
})

t.test('a status that is none of them is refused, and so is another provider', async (t) => {
  t.throws(() => checkOptions({ noFile: { dgfip: 200 as 204 } }), /noFile\.dgfip is 204, 403, 404 or 410/)
  t.throws(
    () => checkOptions({ noFile: { ants: 404 } as object }),
    /noFile has dgfip, cnam and franceTravail, not ants/
  )
})
