import t from 'tap'
import { formulaire, texteDe } from './page.ts'
import { sandbox, service } from './service.ts'

const { app, deposes } = await service()
t.teardown(() => app.close())

const reponses = {
  personnes: '2',
  patrimoineMobilier: '1 200 €',
  patrimoineImmobilier: '0',
  affaire: 'logement',
  resume: 'Mon bailleur garde mon dépôt de garantie.',
  courriel: 'angela@exemple.fr',
  honneur: 'oui'
}
const aLaMain = { nom: 'Dubois', prenoms: 'Angela', naissanceAnnee: '1962', naissanceLieu: 'Paris', revenu: '14 000' }

const envoyer = (champs: Record<string, string>, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/demande',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(champs).toString()
  })

t.test('an anonymous citizen who opens the form goes to FranceConnect, with the scopes of both readings', async (t) => {
  const { statusCode, headers } = await app.inject({ url: '/demande', headers: { accept: 'text/html' } })
  t.equal(statusCode, 302)
  const { origin, pathname, searchParams } = new URL(String(headers.location))
  t.equal(`${origin}${pathname}`, `${sandbox.issuer}/authorize`)
  const scopes = searchParams.get('scope')?.split(' ') ?? []
  for (const scope of ['openid', 'given_name', 'dgfip_rfr', 'dgfip_annee_n_moins_1', 'cnaf_quotient_familial']) {
    t.ok(scopes.includes(scope), scope)
  }
})

t.test('the form is filled by three administrations, each named with the time', async (t) => {
  const headers = await sandbox.login(app, 'test')
  const page = await app.inject({ url: '/demande', headers })
  t.equal(page.statusCode, 200)
  t.equal(page.headers['cache-control'], 'no-store')
  const texte = texteDe(page.body)
  t.match(texte, 'DUBOIS')
  t.match(texte, 'Angela Claire Louise')
  t.match(texte, '24 août 1962')
  t.match(texte, 'Paris 7e Arrondissement')
  t.match(texte, /Revenu fiscal de référence 20\d\d \d\d \d{3} €/)
  t.match(texte, /Quotient familial de [\p{L}]+ 20\d\d 872 €/u)
  t.match(texte, 'Source : Direction générale des finances publiques (DGFiP), reçue le')
  t.match(texte, 'Source : Caisse d’allocations familiales (CAF), reçue le')
  t.equal(texte.match(/Donnée certifiée/g)?.length, 3)
  t.equal(formulaire(page.body).certifiees, 'identite impots famille')
  t.equal(formulaire(page.body).personnes, '2')
})

t.test('sent, it is acknowledged to its owner alone, with the origin of each answer', async (t) => {
  const headers = await sandbox.login(app, 'test')
  const { body } = await app.inject({ url: '/demande', headers })
  const envoi = await envoyer({ ...formulaire(body), ...reponses }, headers)
  t.equal(envoi.statusCode, 303)
  const url = String(envoi.headers.location)
  const accuse = await app.inject({ url, headers })
  t.equal(accuse.statusCode, 200)
  t.match(texteDe(accuse.body), 'Vous pourriez avoir droit à')
  t.match(texteDe(accuse.body), 'Plafonds applicables depuis le 23 janvier 2025')
  const dossier = deposes.at(-1)
  const revenu = dossier?.pieces.find(({ libelle }) => libelle.startsWith('Revenu fiscal'))
  t.match(revenu, { source: /DGFiP/, recueLe: Date, correlation: /[0-9a-f-]{36}/ })
  t.equal((await app.inject({ url })).statusCode, 404, 'nobody')
  t.equal(
    (await app.inject({ url, headers: await sandbox.login(app, 'naissance_Algérie') })).statusCode,
    404,
    'somebody else'
  )
})

t.test('what a form says of certified data is not believed', async (t) => {
  const headers = await sandbox.login(app, 'test')
  const { body } = await app.inject({ url: '/demande', headers })
  await envoyer({ ...formulaire(body), ...reponses, revenu: '1', nom: 'AUTRE' }, headers)
  t.ok((deposes.at(-1)?.revenu ?? 0) > 1)
  t.notOk(deposes.at(-1)?.pieces.some(({ valeur }) => valeur === 'AUTRE'))
})

t.test('identities that do not fit a form: born abroad, part of the date unknown, usual name', async (t) => {
  const page = async (citoyen: string) =>
    texteDe((await app.inject({ url: '/demande', headers: await sandbox.login(app, citoyen) })).body)
  t.match(await page('naissance_Algérie'), 'à l’étranger (Algérie)')
  t.match(await page('avec_nom_dusage'), 'Nom d’usage DUBOIS')
  t.match(await page('naissance_polynesie_française'), 'Moorea-Maiao')
})

t.test('an administration that has nothing on them: the form says so and asks', async (t) => {
  const headers = await sandbox.login(app, 'sans_dossier')
  const { body } = await app.inject({ url: '/demande', headers })
  t.match(texteDe(body), 'Pas de dossier d’allocataire')
  t.match(body, 'name="revenu"')
  t.equal((await envoyer({ ...formulaire(body), ...reponses, revenu: '11000' }, headers)).statusCode, 303)
  t.match(deposes.at(-1), { revenu: 11_000, incidents: [/\(DGFiP\) n’a rien/, /\(MSA\) n’a rien/] })
})

t.test('without FranceConnect, everything by hand, acknowledged to the same browser alone', async (t) => {
  const { body, statusCode } = await app.inject('/demande/sans-franceconnect')
  t.equal(statusCode, 200)
  t.match(body, 'fr-connect')
  const envoi = await envoyer({ ...formulaire(body), ...reponses, ...aLaMain })
  t.equal(envoi.statusCode, 303)
  const url = String(envoi.headers.location)
  const cookie = envoi.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
  const accuse = await app.inject({ url, headers: { cookie } })
  t.equal(accuse.statusCode, 200)
  t.notMatch(texteDe(accuse.body), 'Donnée certifiée')
  t.equal((await app.inject({ url })).statusCode, 404)
})

t.test('sent after the login ended: nothing typed is lost, two ways on', async (t) => {
  const headers = await sandbox.login(app, 'test')
  const { body } = await app.inject({ url: '/demande', headers })
  const champs = { ...formulaire(body), ...reponses }
  const retour = await envoyer(champs)
  t.equal(retour.statusCode, 401)
  t.match(texteDe(retour.body), 'Votre connexion FranceConnect a pris fin')
  t.match(formulaire(retour.body), { ...reponses, certifiees: '' })
  t.equal(
    (await envoyer({ ...formulaire(retour.body), ...aLaMain, honneur: 'oui' })).statusCode,
    303,
    'completed by hand'
  )
  t.equal((await envoyer({ ...formulaire(retour.body), honneur: 'oui' }, headers)).statusCode, 303, 'logged in again')
})

t.test('an incomplete form comes back as typed, with what is wrong', async (t) => {
  const { statusCode, body } = await envoyer({ ...reponses, ...aLaMain, revenu: 'beaucoup', courriel: '' })
  t.equal(statusCode, 422)
  t.match(formulaire(body), { revenu: 'beaucoup', resume: reponses.resume, affaire: 'logement' })
  t.match(texteDe(body), 'Indiquez votre revenu fiscal de référence')
})

t.test('pages run no script and cannot be framed; what is not there has a page too', async (t) => {
  const { headers } = await app.inject('/')
  t.match(headers['content-security-policy'], "default-src 'none'")
  t.match(headers['content-security-policy'], "frame-ancestors 'none'")
  t.equal((await app.inject('/rien')).statusCode, 404)
  t.equal((await app.inject('/dsfr/dsfr.min.css')).statusCode, 200)
  t.equal((await app.inject('/dsfr/dsfr.module.js')).statusCode, 404)
  t.equal((await app.inject('/dsfr/..%2f..%2fpackage.json')).statusCode, 404)
})
