import t from 'tap'
import { createVisitor } from '../../../test/docs/walk/visitor.ts'
import { ask } from '../../../test/hosts/express/ask.ts'
import { buildService } from '../src/before.ts'
import { ouvrirMediatheque } from '../src/mediatheque.ts'
import { startService } from './service.ts'

const town = await startService()
t.teardown(() => town.close())
const { baseUrl, sandbox } = town
sandbox.automaticCitizen('test')

const form = (fields: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
})
const password = (carte: number) => form({ carte: String(carte), motdepasse: 'roman' })

t.test('before: the Express service alone', async (t) => {
  const mediatheque = ouvrirMediatheque()
  const { carte } = mediatheque.inscrire({ nom: 'Camille', motdepasse: 'roman' })
  const listening = buildService({ mediatheque, secret: 'x'.repeat(32) }).listen(0)
  t.teardown(() => listening.close())
  const address = listening.address()
  const url = `http://localhost:${typeof address === 'object' ? address?.port : ''}`
  const { open } = createVisitor()
  t.match(await open(`${url}/connexion`, password(carte)), { status: 200, body: 'Bonjour Camille' })
  t.match(await open(`${url}/rien`), { status: 404, body: 'Page introuvable' })
})

t.test('the card and the password still open the account, with the session and the views of before', async (t) => {
  const { open } = createVisitor()
  const home = await open(baseUrl)
  t.match((await ask(baseUrl, {})).headers, { 'content-type': /^text\/html/ })
  t.match(home.body, 'class="fr-connect"')
  t.match(await open(`${baseUrl}/connexion`, form({ carte: '1000', motdepasse: 'non' })), { status: 401 })
  t.match(await open(`${baseUrl}/connexion`, password(town.carte)), { status: 200, body: 'Bonjour Camille' })
  t.match(await open(`${baseUrl}/prets/1/prolonger`, form({})), { status: 200, body: 'Trois Mousquetaires' })
  t.match(await open(`${baseUrl}/deconnexion`, form({})), { status: 200, body: 'Numéro de carte' })
  t.match(await open(`${baseUrl}/rien`), { status: 404, body: 'Page introuvable' })
  const elsewhere = { ...form({}), headers: { ...form({}).headers, 'sec-fetch-site': 'cross-site' } }
  t.match(await open(`${baseUrl}/prets/1/prolonger`, elsewhere), { status: 403 })
})

t.test('FranceConnect opens an account; what Express shows of it is kept by no cache', async (t) => {
  const { open, cookies } = createVisitor()
  await open(`${baseUrl}/connexion`, password(town.carte))
  const loans = await open(`${baseUrl}/franceconnect/login?returnTo=/prets`)
  t.match(loans, { status: 200, body: 'Bonjour Angela Claire Louise DUBOIS' }, 'in place of who was there with a card')
  const list = await open(`${baseUrl}/prets.csv`)
  t.match(list, { status: 200, body: 'Mousquetaires' })
  for (const path of ['/', '/prets', '/prets.csv']) {
    const { headers } = await ask(baseUrl + path, { cookie: cookies(baseUrl).header(new URL(baseUrl)) ?? '' })
    t.equal(headers['cache-control'], 'no-store', path)
  }
  t.match(await open(`${baseUrl}/tarif`), { status: 200, body: /quotient familial est de \d+/ })
  const left = await open(`${baseUrl}/deconnexion`, form({}))
  t.match(left.body, /http-equiv="refresh" content="0;url=[^"]+session\/end/, 'a page goes on to FranceConnect')
  t.match(
    await open(`${baseUrl}/prets`),
    { status: 200, body: 'Numéro de carte' },
    'nobody is left, with a card neither'
  )
})

t.test('a page that needs data asks for a login and comes back with the data', async (t) => {
  const { open } = createVisitor()
  t.match(await open(`${baseUrl}/tarif`), { url: `${baseUrl}/tarif`, body: /quotient familial est de \d+/ })
})
