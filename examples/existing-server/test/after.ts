import t from 'tap'
import { comptesFranceConnect } from '../src/comptes-franceconnect.ts'
import { browser, password, service, target } from './service.ts'

declare module 'fastify' {
  interface Session {
    brouillon?: string
  }
}

t.test('the password still opens the account', async (t) => {
  const camille = browser()
  t.equal(target(await camille.post('/connexion', password)), '/mon-espace')
  t.match((await camille.get('/mon-espace')).body, 'Bonjour Camille')
})

t.test('FranceConnect opens an account, the same one each time, and its form works', async (t) => {
  const angela = browser()
  const { body } = await angela.get('/')
  t.match(body, 'class="fr-connect"')
  t.match(body, 'FranceConnect est la solution proposée par l’État')
  t.match(body, '<p class="ou">ou</p>')
  const before = service.accounts()
  t.equal(target(await angela.identify('test')), '/mon-espace')
  t.match((await angela.get('/mon-espace')).body, 'Bonjour Angela Claire Louise DUBOIS')
  await angela.post('/inscriptions', 'enfant=Lucie')
  const again = browser()
  await again.identify('test')
  t.match((await again.get('/mon-espace')).body, 'Lucie')
  t.equal(service.accounts(), before + 1)
})

t.test('logging out by a form ends both sessions: a page goes on to FranceConnect by itself', async (t) => {
  const angela = browser()
  await angela.identify('test')
  const out = await angela.post('/deconnexion')
  t.equal(out.statusCode, 200)
  t.match(out.body, /<meta http-equiv="refresh"/)
  t.match(out.body, `${service.sandbox.issuer}/session/end`)
  t.equal(target(await angela.get('/mon-espace')), '/')
})

t.test('a page under way at the logout shows nobody afterwards, in the host’s session with its defaults', async (t) => {
  const angela = browser()
  await angela.identify('test')
  const slow = angela.get('/lente')
  await arrived
  const before = new Map(angela.cookies)
  await angela.post('/deconnexion')
  goOn()
  t.equal((await slow).body, 'Angela Claire Louise DUBOIS', 'it was made by somebody logged in')
  t.equal((await angela.get('/session')).body, '{}', 'with the cookies that its answer left')
  t.equal(target(await angela.get('/mon-espace')), '/')
  const old = browser()
  for (const [name, value] of before) old.cookies.set(name, value)
  t.equal((await old.get('/session')).body, '{}', 'with those of before the logout')
  t.equal(target(await old.get('/mon-espace')), '/')
  await angela.identify('nom_composé')
  t.notMatch((await angela.get('/mon-espace')).body, 'DUBOIS')
})

t.test('a field sent twice, or no form, is a bad request; nothing of the server is told', async (t) => {
  const camille = browser()
  const none = { 'content-type': 'text/plain' }
  for (const [url, twice] of [
    ['/connexion', `${password}&motdepasse=autre`],
    ['/association', 'motdepasse=a&motdepasse=b'],
    ['/inscriptions', 'enfant=a&enfant=b']
  ] as const) {
    t.equal((await camille.post(url, twice)).statusCode, 400, url)
    t.ok((await camille.post(url, '')).statusCode < 500, url)
    t.equal((await camille.post(url, 'x', none)).statusCode, 400, url)
  }
})

t.test('no account is found by its e-mail', async (t) => {
  const comptes = comptesFranceConnect(service.base)
  const expiresAt = new Date(Date.now() + 1000)
  const login = (sub: string) => ({
    id: sub,
    sub,
    expiresAt,
    userInfo: { sub, given_name: 'Camille', email: 'c@exemple.fr' }
  })
  t.not(comptes.ouvrir(login('a')), service.camille)
  t.not(comptes.ouvrir(login('b')), comptes.ouvrir(login('a')))
})

let arrive = () => {}
let goOn = () => {}
const arrived = new Promise<void>((resolve) => {
  arrive = resolve
})
const going = new Promise<void>((resolve) => {
  goOn = resolve
})

service.app.get('/lente', async (request) => {
  const name = service.base.ligne<{ nom: string }>('SELECT nom FROM usagers WHERE id = ?', [
    request.session.usager ?? 0
  ])?.nom
  arrive()
  await going
  request.session.brouillon = 'écrit trop tard'
  return name
})
service.app.get('/session', async ({ session: { usager, brouillon } }) => ({ usager, brouillon }))
