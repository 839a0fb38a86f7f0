import t from 'tap'
import { ask } from '../ask.ts'
import { withDataProviders } from '../checktoken-double.ts'

const sandbox = await withDataProviders()
t.teardown(() => sandbox.close())
const { franceTravail } = sandbox.options
const statut = '/partenaire/fc-statutaugmente/v1/statut'
const paiements = '/partenaire/fc-liste-paiements/v1/'

const get = (path: string, citizen: string, ...scopes: string[]) =>
  ask(`${franceTravail.baseUrl}${path}`, { authorization: `Bearer ${sandbox.issue(citizen, ...scopes)}` })

t.test('the registration of a jobseeker, not to be stored', async (t) => {
  const { status, headers, body } = await get(statut, 'test', 'api_fc-statutaugmentev1')
  t.equal(status, 200)
  t.equal(headers.get('cache-control'), 'no-store')
  t.match(body, {
    etatCivil: { nom: 'DUBOIS', prenom: 'ANGELA', sexe: 'F', dateNaissance: '1962-08-24T00:00:00+01:00' },
    adresse: { localite: 'PARIS', codePostal: '75007', inseecommune: '75107' }
  })
  const silent = await get(statut, 'prénom_composé', 'api_fc-statutaugmentev1')
  t.strictSame(silent.body.modalitesContact, {}, 'no way to reach this one')
  t.equal((await get(statut, 'avec_nom_dusage', 'api_fc-statutaugmentev1')).status, 404)
})

t.test('payments: some, none yet, never registered', async (t) => {
  const paid = await get(paiements, 'test', 'api_fc-liste-paiementsv1')
  t.equal(paid.body.statutInscription, true)
  t.strictSame(
    paid.body.listePaiement.map((payment: { montant_paiement: number }) => payment.montant_paiement),
    [1063.5, 1179.2, 1063.5]
  )
  const last = new Date(sandbox.now())
  const previousMonth = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - 1, 10))
  t.match(paid.body.listePaiement[0].date_paiement, previousMonth.toISOString().slice(0, 10))
  t.strictSame((await get(paiements, 'prénom_composé', 'api_fc-liste-paiementsv1')).body, { statutInscription: true })
  t.strictSame((await get(paiements, 'sans_dossier', 'api_fc-liste-paiementsv1')).body, { statutInscription: false })
})

t.test('refusals', async (t) => {
  t.equal((await get(statut, 'test', 'api_fc-liste-paiementsv1')).status, 403)
  t.equal((await ask(`${franceTravail.baseUrl}${statut}`)).status, 401)
  t.equal((await get('/partenaire/autre', 'test', 'api_fc-statutaugmentev1')).status, 404)
})
