import t from 'tap'
import { liensObligatoires } from '../src/pages/gabarit.ts'
import { service } from './service.ts'

const { app, deposes } = await service()
t.teardown(() => app.close())

const reponses = {
  nom: 'Dubois',
  prenoms: 'Angela',
  naissanceAnnee: '1962',
  naissanceLieu: 'Paris',
  revenu: '14 000',
  personnes: '2',
  patrimoineMobilier: '0',
  patrimoineImmobilier: '0',
  affaire: 'logement',
  resume: 'Mon bailleur garde mon dépôt de garantie.',
  courriel: 'angela@exemple.fr',
  honneur: 'oui'
}

const envoyer = (headers: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url: '/demande',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(reponses).toString()
  })

t.test('a form that another site sends leaves nothing', async (t) => {
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://ailleurs.example' },
    { 'sec-fetch-site': 'same-site', origin: 'https://voisin.example.fr' },
    { origin: 'https://ailleurs.example' },
    { origin: 'null' }
  ]
  for (const headers of foreign) {
    const { statusCode, body } = await envoyer(headers)
    t.equal(statusCode, 403, JSON.stringify(headers))
    t.match(body, 'Cette demande ne vient pas de ce site')
  }
  t.equal(deposes.length, 0)
  const own: Record<string, string>[] = [{ 'sec-fetch-site': 'same-origin' }, { origin: 'http://localhost:3000' }, {}]
  for (const headers of own) {
    t.equal((await envoyer(headers)).statusCode, 303, JSON.stringify(headers))
  }
  t.equal(deposes.length, 3)
})

t.test('each page leads to what the law asks, and those pages are there', async (t) => {
  const { body } = await app.inject('/')
  for (const { adresse, libelle } of liensObligatoires) {
    t.match(body, `href="${adresse}">${libelle}</a>`)
    const page = await app.inject(adresse)
    t.equal(page.statusCode, 200, adresse)
    t.match(page.body, '<h1>')
  }
})

t.test('no sign stands alone at the head of a line, and nobody forces a scheme', async (t) => {
  for (const adresse of ['/', '/demande/sans-franceconnect', ...liensObligatoires.map((lien) => lien.adresse)]) {
    const { body } = await app.inject(adresse)
    const texte = body.replaceAll(/<head>[\s\S]*?<\/head>|<div class="fr-connect-group">[\s\S]*?<\/div>|<[^>]*>/g, '')
    t.strictSame(texte.match(/.{0,20} [;:?!»].{0,5}/g) ?? [], [], adresse)
    t.notMatch(body, 'data-fr-scheme')
  }
  const sombre = await app.inject('/dsfr/sombre.css')
  t.match(sombre.headers['content-type'], 'text/css')
  t.ok(sombre.body.startsWith(':root{color-scheme:dark}'))
  t.ok(sombre.body.includes('--grey-1000-50:#161616'))
})
