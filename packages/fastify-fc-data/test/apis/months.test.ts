import { startSandbox } from 'franceconnect-sandbox'
import t from 'tap'
import { Person } from '../person.ts'
import { startService } from '../service.ts'

const DAY = 86_400
const IR = {
  name: 'dgfip/situation-ir' as const,
  scopes: ['dgfip_annee_n_moins_1', 'dgfip_annee_n_moins_2', 'dgfip_rfr'] as const
}

t.test('through a whole year: two years back is always there, last year from August on', async (t) => {
  const sandbox = await startSandbox({ port: 0, clock: 'process' })
  t.teardown(() => sandbox.close())
  const { app } = await startService(t, sandbox, { apis: [IR] }, (app) => {
    app.get('/ir/:back', async (request) => {
      const back = Number((request.params as { back: string }).back)
      const { data, meta } = await request.fcData('dgfip/situation-ir', { annrev: new Date().getUTCFullYear() - back })
      return { rfr: data?.rfr, reason: meta.reason?.meaning }
    })
  })
  for (let month = 0; month < 12; month++) {
    const now = new Date().toISOString().slice(0, 10)
    const published = new Date().getUTCMonth() >= 7
    const angela = new Person(app, sandbox)
    await angela.open('/franceconnect/login')
    t.type((await angela.send({ url: '/ir/2' })).json().rfr, 'number', `two years back, on ${now}`)
    const last = (await angela.send({ url: '/ir/1' })).json()
    if (published) t.type(last.rfr, 'number', `last year, on ${now}`)
    else t.match(last, { rfr: undefined, reason: 'noFile' }, `none for last year, on ${now}`)
    sandbox.advance(30.5 * DAY)
  }
})
