import { randomUUID } from 'node:crypto'
import t from 'tap'
import { ask } from '../ask.ts'
import { withDataProviders } from '../checktoken-double.ts'

t.test('the notices of a year come out in August of the next', async (t) => {
  const sandbox = await withDataProviders()
  t.teardown(() => sandbox.close())
  const { dgfip } = sandbox.options
  const year = new Date().getUTCFullYear()
  const ifMissing = 'dgfip_annee_n_moins_2_si_indispo_n_moins_1'

  async function asked(path: string, scope: string, ...scopes: string[]) {
    const gateway = await fetch(dgfip.tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${dgfip.clientId}:${dgfip.clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope })
    })
    const { status, body } = await ask(`${dgfip.baseUrl}/impotparticulier/1.0${path}`, {
      authorization: `Bearer ${(await gateway.json()).access_token}`,
      'x-franceconnect-oauth': sandbox.issue('test', 'dgfip_rfr', ...scopes),
      'x-correlation-id': randomUUID()
    })
    return status === 200 ? (body.annRevenu ?? body.rfr) : `${status} ${body.codeapp}`
  }
  const ofYear = (age: number, ...scopes: string[]) =>
    asked(`/situations/ir/assiettes/annrev/${year - age}`, 'RessourceIR', ...scopes)
  const latest = (...scopes: string[]) =>
    asked('/dernieresituation/ir/assiettes/deuxans', 'RessourceIRDerniere2', ...scopes)

  for (const month of [1, 3, 7]) {
    sandbox.moveTo(month)
    t.equal(await ofYear(1, 'dgfip_annee_n_moins_1'), '410 4101', `none for last year in month ${month}`)
    t.type(await ofYear(2, 'dgfip_annee_n_moins_2'), 'number')
    t.type(await ofYear(2, ifMissing), 'number', 'the year before, as that scope says')
    t.equal(await latest('dgfip_annee_n_moins_1', 'dgfip_annee_n_moins_2'), year - 2)
  }
  for (const month of [8, 12]) {
    sandbox.moveTo(month)
    t.type(await ofYear(1, 'dgfip_annee_n_moins_1'), 'number', `last year in month ${month}`)
    t.equal(await ofYear(2, ifMissing), '403 4031')
    t.equal(await latest('dgfip_annee_n_moins_1', 'dgfip_annee_n_moins_2'), year - 1)
  }
})
