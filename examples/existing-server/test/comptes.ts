import t from 'tap'
import { browser, password, service, target } from './service.ts'

const etat = (courrielOuNom: string, etat: string) =>
  service.base.ecrire('UPDATE usagers SET etat = ? WHERE nom = ? OR courriel = ?', [etat, courrielOuNom, courrielOuNom])

const angela = 'Angela Claire Louise DUBOIS'

t.test('a closed account lands on the page that says so, through FranceConnect’s end of session', async (t) => {
  await browser().identify('test')
  etat(angela, 'ferme')
  const visitor = browser()
  const refused = await visitor.identify('test')
  t.match(refused.headers.location, `${service.sandbox.issuer}/session/end`)
  t.equal(target(await visitor.get('/mon-espace')), '/', 'nobody is logged in')
  t.match((await visitor.get('/compte-ferme')).body, 'Votre compte est fermé')
  await visitor.identify('nom_composé')
  t.match((await visitor.get('/mon-espace')).body, 'Bonjour', 'somebody else logs in')
  etat(angela, 'ouvert')
})

t.test('a refused one gets a page, and nobody is logged in', async (t) => {
  await browser().identify('test')
  etat(angela, 'refuse')
  const visitor = browser()
  const refused = await visitor.identify('test')
  t.equal(refused.statusCode, 403)
  t.match(refused.headers['content-type'], 'text/html')
  t.equal(target(await visitor.get('/mon-espace')), '/')
  etat(angela, 'ouvert')
})

t.test('the password of a closed or a refused account opens nothing', async (t) => {
  for (const [state, status] of [
    ['ferme', 302],
    ['refuse', 403]
  ] as const) {
    etat('c@exemple.fr', state)
    const camille = browser()
    t.equal((await camille.post('/connexion', password)).statusCode, status, state)
    t.equal(target(await camille.get('/mon-espace')), '/')
  }
  etat('c@exemple.fr', 'ouvert')
})

t.test('an account that an agent closes is out at the next click', async (t) => {
  const citizen = browser()
  await citizen.identify('test')
  const agent = browser()
  await agent.post('/connexion', 'courriel=agent@exemple.fr&motdepasse=mairie')
  const { id } = service.base.ligne<{ id: number }>('SELECT id FROM usagers WHERE nom = ?', [angela])!
  t.match((await agent.get('/agents')).body, angela)
  await agent.post('/agents/etat', `usager=${id}&etat=ferme`)
  t.match((await citizen.get('/mon-espace')).headers.location, 'session/end')
  t.equal(target(await citizen.get('/mon-espace')), '/')
  await agent.post('/agents/etat', `usager=${id}&etat=ouvert`)
})

t.test('the citizen deletes their account: rows gone, login ended, everywhere', async (t) => {
  const [citizen, telephone] = [browser(), browser()]
  await citizen.identify('test')
  await telephone.identify('test')
  await citizen.post('/inscriptions', 'enfant=Lucie')
  const left = await citizen.post('/mon-espace/supprimer')
  t.equal(left.statusCode, 200)
  t.match(left.body, `${service.sandbox.issuer}/session/end`)
  for (const table of ['usagers', 'inscriptions', 'franceconnect', 'connexions'])
    t.notMatch(JSON.stringify(service.base.lignes(`SELECT * FROM ${table}`)), /DUBOIS|Lucie/, table)
  t.equal((await citizen.get('/')).statusCode, 200, 'the login page')
  t.equal((await telephone.get('/')).statusCode, 200, 'on the other device too')
  await citizen.identify('test')
  t.notMatch((await citizen.get('/mon-espace')).body, 'Lucie', 'a new account, empty')
})

t.test('an agent deletes an account: its logins end, and their sessions', async (t) => {
  const citizen = browser()
  await citizen.identify('test')
  const agent = browser()
  await agent.post('/connexion', 'courriel=agent@exemple.fr&motdepasse=mairie')
  const { id } = service.base.ligne<{ id: number }>('SELECT id FROM usagers WHERE nom = ?', [angela])!
  await agent.post('/agents/supprimer', `usager=${id}`)
  t.notMatch((await agent.get('/agents')).body, angela)
  t.equal((await citizen.get('/')).statusCode, 200, 'the login page, shown to nobody')
  t.equal(target(await citizen.get('/mon-espace')), '/')
})

t.test('the agents’ pages are theirs', async (t) => {
  const camille = browser()
  await camille.post('/connexion', password)
  t.equal((await camille.get('/agents')).statusCode, 403)
  t.equal((await camille.post('/agents/supprimer', `usager=${service.camille}`)).statusCode, 403)
  t.match((await camille.get('/mon-espace')).body, 'Bonjour Camille')
  t.equal((await browser().get('/agents')).statusCode, 403)
})
