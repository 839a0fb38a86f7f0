import t from 'tap'
import { browser, password, type Service, startService, target } from './service.ts'

async function town(t: { teardown(handler: () => unknown): unknown }) {
  const service = await startService()
  t.teardown(() => service.close())
  return service
}

async function asked(service: Service, citizen = 'nom_composé') {
  const camille = browser(service)
  await camille.post('/connexion', password)
  t.match((await camille.get('/mon-espace')).body, 'class="fr-connect"', 'the button is there')
  t.equal(target(await camille.identify(citizen)), '/association')
  return camille
}

t.test('nothing is tied before the citizen says so, with the password', async (t) => {
  const service = await town(t)
  const camille = await asked(service)
  const page = await camille.get('/association')
  t.match(page.body, /Associer votre identité FranceConnect \(.+\) au compte de Camille/)
  t.equal(target(await camille.get('/mon-espace')), '/association', 'no account is open meanwhile')
  t.equal((await camille.post('/association', 'motdepasse=faux')).statusCode, 401)
  t.strictSame(service.base.lignes('SELECT * FROM franceconnect'), [])

  t.equal(target(await camille.post('/association', 'motdepasse=cantine')), '/mon-espace')
  t.match((await camille.get('/mon-espace')).body, 'Bonjour Camille')
  t.notMatch((await camille.get('/mon-espace')).body, 'class="fr-connect"', 'the button has no more use')
  const later = browser(service)
  t.equal(target(await later.identify('nom_composé')), '/mon-espace')
  t.match((await later.get('/mon-espace')).body, 'Bonjour Camille', 'without the password')
  t.equal(service.accounts(), 2, 'no other account was made')
})

t.test('kept apart: an account of their own, and Camille’s as it was', async (t) => {
  const service = await town(t)
  const angela = await asked(service, 'test')
  t.equal(target(await angela.post('/association/refuser')), '/mon-espace')
  t.match((await angela.get('/mon-espace')).body, 'Bonjour Angela')
  t.equal(service.accounts(), 3)
  const camille = browser(service)
  await camille.post('/connexion', password)
  t.match((await camille.get('/mon-espace')).body, 'class="fr-connect"', 'still to be tied')
})

t.test('a cancelled login leaves no wish behind for the next person', async (t) => {
  const service = await town(t)
  const camille = browser(service)
  await camille.post('/connexion', password)
  await camille.identify('test', true)
  t.match((await camille.get('/mon-espace')).body, 'Bonjour Camille')
  await camille.post('/deconnexion')
  t.equal(target(await camille.identify('test')), '/mon-espace')
  t.match((await camille.get('/mon-espace')).body, 'Bonjour Angela')
  t.strictSame(service.base.ligne('SELECT count(*) AS n FROM franceconnect WHERE usager = ?', [service.camille]), {
    n: 0
  })
})

t.test('a question left unanswered is nobody’s once the login is over', async (t) => {
  const service = await town(t)
  const angela = await asked(service, 'test')
  await angela.post('/franceconnect/logout')
  t.equal(target(await angela.post('/association', 'motdepasse=cantine')), '/')
  await angela.identify('nom_composé')
  t.match((await angela.get('/mon-espace')).body, 'Bonjour ')
  t.strictSame(service.base.ligne('SELECT count(*) AS n FROM franceconnect WHERE usager = ?', [service.camille]), {
    n: 0
  })
})

t.test('an account that is tied, closed or gone is offered to nobody', async (t) => {
  const service = await town(t)
  const camille = await asked(service)
  await camille.post('/association', 'motdepasse=cantine')
  const shared = browser(service)
  await shared.post('/connexion', password)
  t.equal(target(await shared.identify('test')), '/mon-espace')
  t.match((await shared.get('/mon-espace')).body, 'Bonjour Angela')

  const other = await town(t)
  const late = await asked(other, 'test')
  other.base.ecrire('DELETE FROM usagers WHERE id = ?', [other.camille])
  t.equal(target(await late.get('/association')), '/mon-espace')
  t.match((await late.get('/mon-espace')).body, 'Bonjour Angela')
})
