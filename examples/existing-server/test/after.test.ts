import { startSandbox } from 'franceconnect-sandbox'
import t from 'tap'
import { buildApp } from '../src/after.ts'
import { hacher, ouvrirBase } from '../src/base.ts'

const baseUrl = 'http://localhost:3000'
const sandbox = await startSandbox({ port: 0, baseUrl })
const base = await ouvrirBase()
const camille = base.ecrire('INSERT INTO usagers (nom, courriel, motdepasse) VALUES (?, ?, ?)', [
  'Camille',
  'c@exemple.fr',
  hacher('cantine')
])
const franceConnect = { ...sandbox.franceConnectOptions, baseUrl }
const app = await buildApp({ base, secret: 'x'.repeat(32), franceConnect })
t.teardown(() => Promise.all([app.close(), sandbox.close()]))

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const comptes = () => base.lignes('SELECT id FROM usagers').length

t.test('the password still opens the account', async (t) => {
  const { statusCode, headers } = await app.inject({
    method: 'POST',
    url: '/connexion',
    payload: 'courriel=c@exemple.fr&motdepasse=cantine',
    headers: form
  })
  t.equal(statusCode, 302)
  t.equal(headers.location, '/mon-espace')
})

t.test('FranceConnect opens an account, the same one each time, and its form works', async (t) => {
  t.match((await app.inject('/')).body, 'fr-connect')
  const before = comptes()
  const headers = await sandbox.login(app, 'test')
  t.match((await app.inject({ url: '/mon-espace', headers })).body, 'Bonjour Angela Claire Louise DUBOIS')
  await app.inject({ method: 'POST', url: '/inscriptions', payload: 'enfant=Lucie', headers: { ...headers, ...form } })
  const again = await sandbox.login(app, 'test')
  t.match((await app.inject({ url: '/mon-espace', headers: again })).body, 'Lucie')
  t.equal(comptes(), before + 1)
})

t.test('logging out ends both sessions, and the account is closed', async (t) => {
  const headers = await sandbox.login(app, 'test')
  const sortie = await app.inject({ method: 'POST', url: '/deconnexion', headers })
  t.match(sortie.headers.location, `${sandbox.issuer}/session/end`)
  t.equal((await app.inject({ url: '/mon-espace', headers })).statusCode, 302)
})

t.test('the account of a password is tied to FranceConnect when its owner asks', async (t) => {
  const { compteDe } = await import('../src/comptes.ts')
  const before = comptes()
  const login = { sub: 'a'.repeat(64), userInfo: { sub: 'a'.repeat(64), given_name: 'Camille', email: 'c@exemple.fr' } }
  t.equal(compteDe(base, login, camille), camille)
  t.equal(compteDe(base, login, undefined), camille, 'and stays so')
  t.not(compteDe(base, { ...login, sub: 'b' }, undefined), camille, 'never by e-mail')
  t.equal(comptes(), before + 1)
})
