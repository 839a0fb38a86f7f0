import { startSandbox } from 'franceconnect-sandbox'
import t from 'tap'
import { buildApp } from '../src/after.ts'
import { hacher, ouvrirBase } from '../src/base.ts'
import { compteDe } from '../src/comptes.ts'

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
  const cookies = new Map<string, string>()
  const browse = async (method: 'GET' | 'POST', url: string, payload = '') => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, accept: 'text/html', ...(method === 'POST' ? form : {}) }
    const answer = await app.inject({ method, url, payload, headers })
    for (const { name, value } of answer.cookies) cookies.set(name, encodeURIComponent(value))
    return answer
  }
  await browse('POST', '/connexion', 'courriel=c@exemple.fr&motdepasse=cantine')
  const before = comptes()
  const asked = await browse('POST', '/mon-espace/associer')
  const callback = new URL(await sandbox.authorize(String(asked.headers.location), 'nom_composé'))
  const back = await browse('GET', callback.pathname + callback.search)
  t.match(back.headers.location, /\/mon-espace$/)
  t.match((await browse('GET', '/mon-espace')).body, 'Bonjour Camille')

  const later = await sandbox.login(app, 'nom_composé')
  t.match((await app.inject({ url: '/mon-espace', headers: later })).body, 'Bonjour Camille', 'without the password')
  t.equal(comptes(), before, 'no other account was made')
})

t.test('no account is found by its e-mail', async (t) => {
  const login = (sub: string) => ({ sub, userInfo: { sub, given_name: 'Camille', email: 'c@exemple.fr' } })
  t.not(compteDe(base, login('a'), undefined), camille)
  t.not(compteDe(base, login('b'), undefined), compteDe(base, login('a'), undefined))
})
