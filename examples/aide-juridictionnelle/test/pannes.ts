import t from 'tap'
import { formulaire, texteDe } from './page.ts'
import { sandbox, service } from './service.ts'

const reponses = {
  personnes: '2',
  revenu: '13 000',
  patrimoineMobilier: '0',
  patrimoineImmobilier: '0',
  affaire: 'travail',
  resume: 'Mon salaire n’a pas été payé.',
  courriel: 'angela@exemple.fr',
  honneur: 'oui'
}

for (const fault of ['down', 'maintenance', 'broken-json', 'gateway-timeout', 'html', 'redirect'] as const) {
  t.test(`the tax administration fails (${fault}): the form says so, the rest is filled`, async (t) => {
    const { app, deposes } = await service()
    t.teardown(() => app.close())
    sandbox.faults.set('dgfip', fault)
    const headers = await sandbox.login(app, 'test')
    const { body, statusCode } = await app.inject({ url: '/demande', headers })
    t.equal(statusCode, 200)
    t.match(texteDe(body), 'Nous n’avons pas pu lire cette donnée La Direction générale des finances publiques')
    t.equal(formulaire(body).certifiees, 'identite famille')
    const envoi = await app.inject({
      method: 'POST',
      url: '/demande',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...formulaire(body), ...reponses }).toString()
    })
    t.equal(envoi.statusCode, 303)
    t.match(deposes, [{ revenu: 13_000, incidents: [/la donnée a été saisie à la main/] }])
  })
}

t.test('an administration too slow does not hold the citizen back', async (t) => {
  const { app } = await service()
  t.teardown(() => app.close())
  sandbox.faults.set('apiParticulier', 'hang')
  const headers = await sandbox.login(app, 'test')
  const start = Date.now()
  const { body } = await app.inject({ url: '/demande', headers })
  t.ok(Date.now() - start < 11_000, 'twice five seconds at most')
  t.match(texteDe(body), 'met trop de temps à répondre')
  t.equal(formulaire(body).certifiees, 'identite impots')
})

t.test('FranceConnect itself is down: a page says so and offers the form by hand', async (t) => {
  const { app } = await service()
  t.teardown(() => app.close())
  sandbox.faults.set('franceConnect', 'down')
  const { statusCode, body } = await app.inject({ url: '/franceconnect/login', headers: { accept: 'text/html' } })
  t.equal(statusCode, 503)
  t.match(body, '/demande/sans-franceconnect')
  t.match(texteDe(body), 'La connexion n’a pas abouti')
})
