import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { ouvrirBase } from '../src/base.ts'
import { buildApp } from '../src/before.ts'
import { hacher } from '../src/mot-de-passe.ts'

const secret = 'x'.repeat(32)

async function service(t: Test) {
  const base = await ouvrirBase()
  base.ecrire('INSERT INTO usagers (nom, courriel, motdepasse) VALUES (?, ?, ?)', [
    'Camille',
    'c@exemple.fr',
    await hacher('cantine')
  ])
  const app = await buildApp({ base, secret })
  t.teardown(() => app.close())
  return app
}

t.test('the service as it was: a password, a session, a few pages', async (t) => {
  const app = await service(t)
  const connexion = (motdepasse: string) =>
    app.inject({
      method: 'POST',
      url: '/connexion',
      payload: `courriel=c@exemple.fr&motdepasse=${motdepasse}`,
      headers: form
    })
  t.equal((await connexion('faux')).statusCode, 401)
  const { cookies } = await connexion('cantine')
  const headers = { cookie: `sessionId=${encodeURIComponent(cookies[0]?.value ?? '')}` }
  await app.inject({
    method: 'POST',
    url: '/inscriptions',
    payload: 'enfant=Lou%3Cb%3E',
    headers: { ...headers, ...form }
  })
  const espace = await app.inject({ url: '/mon-espace', headers })
  t.match(espace.body, 'Bonjour Camille')
  t.match(espace.body, 'Lou&#60;b&#62;')
  t.equal((await app.inject({ url: '/agents', headers })).statusCode, 403)
  await app.inject({ method: 'POST', url: '/deconnexion', headers })
  t.equal((await app.inject({ url: '/mon-espace', headers })).statusCode, 302)
})

t.test('an account is deleted by its owner', async (t) => {
  const app = await service(t)
  const payload = 'courriel=c@exemple.fr&motdepasse=cantine'
  const connexion = () => app.inject({ method: 'POST', url: '/connexion', payload, headers: form })
  const { cookies } = await connexion()
  const headers = { cookie: `sessionId=${encodeURIComponent(cookies[0]?.value ?? '')}` }
  const { headers: answered } = await app.inject({ method: 'POST', url: '/mon-espace/supprimer', headers })
  t.equal(answered.location, '/au-revoir')
  t.equal((await connexion()).statusCode, 401)
  t.equal((await app.inject({ url: '/mon-espace', headers })).statusCode, 302)
})

t.test('the database is a file that another start finds again', async (t) => {
  const fichier = join(await mkdtemp(join(tmpdir(), 'base-')), 'cantine.sqlite')
  const premiere = await ouvrirBase(fichier)
  premiere.ecrire('INSERT INTO usagers (nom) VALUES (?)', ['Camille'])
  const seconde = await ouvrirBase(fichier)
  t.strictSame(seconde.ligne('SELECT nom FROM usagers'), { nom: 'Camille' })
})

const form = { 'content-type': 'application/x-www-form-urlencoded' }
