import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { coded, providersAt } from './citizens.ts'
import { cantine } from './demarches/cantine.ts'
import { carteTransport } from './demarches/carte-transport.ts'
import { creche } from './demarches/creche.ts'
import { type Host, json, startHost } from './host.ts'
import { browserOf, sandboxOf } from './logins.ts'

type Demarche = typeof cantine

async function opened(t: Test, demarche: Demarche, url: string, prepare: (host: Host) => void) {
  const sandbox = await sandboxOf()
  const host = await startHost(t)
  prepare(host)
  const login = { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000' }
  const app: FastifyInstance = await demarche(login, { providers: providersAt(host.url) })
  t.teardown(() => app.close())
  const angela = browserOf(app, sandbox, undefined)
  const page = await angela.open(url)
  t.equal(page.statusCode, 200)
  t.equal(angela.logins, 1, 'one login')
  return { page: page.json(), host }
}

t.test('each is at most fifty lines', async (t) => {
  const folder = join(import.meta.dirname, 'demarches')
  const names = readdirSync(folder)
  t.equal(names.length, 3)
  for (const name of names) t.ok(readFileSync(join(folder, name), 'utf8').split('\n').length - 1 <= 50, name)
})

const quotient = (valeur: number) => ({ data: { quotient_familial: { valeur } }, links: {}, meta: {} })
const now = new Date()
const thisMonth = `mois=${Number(new Intl.DateTimeFormat('fr', { month: 'numeric', timeZone: 'Europe/Paris' }).format(now))}`

t.test('canteen: this month’s quotient, else last month’s, else by hand', async (t) => {
  const here = await opened(t, cantine, '/cantine', (host) =>
    host.answers((_, response) => json(response, 200, quotient(350)))
  )
  t.match(here.page, { quotient: 350, prix: 1.1 })
  t.equal(here.host.seen.length, 1, 'the month before is not asked')

  const early = await opened(t, cantine, '/cantine', (host) =>
    host.answers(({ url }, response) =>
      new RegExp(`${thisMonth}$`).test(url!) ? json(response, 404, coded('35003')) : json(response, 200, quotient(700))
    )
  )
  t.match(early.page, { quotient: 700, prix: 2.6 })
  t.equal(early.host.seen.length, 2, 'both at the callback, each once')

  const none = await opened(t, cantine, '/cantine', (host) =>
    host.answers((_, response) => json(response, 404, coded('35003')))
  )
  t.match(none.page, { formulaire: true, message: /CAF/ })
  t.equal(none.host.seen.length, 2)

  const down = await opened(t, cantine, '/cantine', (host) => host.answers((_, response) => json(response, 500, {})))
  t.match(down.page, { formulaire: true, reessayer: '/cantine', message: /réessayer/ })
  t.equal(down.host.seen.length, 1)
  const unknown = await opened(t, cantine, '/cantine', (host) =>
    host.answers((_, response) => json(response, 422, coded('36560')))
  )
  t.match(unknown.page, { formulaire: true, message: /à la main/ })
  t.notOk(unknown.page.reessayer)
})

t.test('crèche: children and price, one child’s date or country missing', async (t) => {
  const year = now.getUTCFullYear()
  const body = {
    data: {
      enfants: [
        { prenoms: 'Léa', date_naissance: `${year - 1}-00-00`, sexe: null },
        { prenoms: 'Jules', date_naissance: `${year - 9}-03-12`, sexe: 'M' },
        { prenoms: 'Ana', date_naissance: null, sexe: 'F' }
      ],
      parametres_calcul_participation_familiale: {
        nombre_enfants_a_charge: 3,
        base_ressources_annuelles: { valeur: '24000.00', annee_calcul: String(year - 2) }
      }
    },
    links: {},
    meta: {}
  }
  const found = await opened(t, creche, '/creche', (host) => host.answers((_, response) => json(response, 200, body)))
  t.match(found.page, { enfants: [{ prenoms: 'Léa' }], tarifHoraire: 0.83 })
  t.equal(found.page.enfants.length, 1)
  const grown = await opened(t, creche, '/creche', (host) =>
    host.answers((_, response) => json(response, 404, coded('37003')))
  )
  t.match(grown.page, { formulaire: false, message: /sept ans/ })
  const missing = await opened(t, creche, '/creche', (host) =>
    host.answers((_, response) => json(response, 404, coded('35003')))
  )
  t.match(missing.page, { formulaire: true, message: /dossier/ })
})

t.test('transport card: two API, one of which may be down', async (t) => {
  const student = { data: { admissions: [{ date_debut: '2020-09-01', est_inscrit: true }] }, links: {}, meta: {} }
  const scholar = { data: { statut_boursier: { est_boursier: true } }, links: {}, meta: {} }
  const both = await opened(t, carteTransport, '/carte', (host) =>
    host.answers(({ url }, response) => json(response, 200, url?.includes('cnous') ? scholar : student))
  )
  t.match(both.page, { tarif: 'gratuit' })
  const half = await opened(t, carteTransport, '/carte', (host) =>
    host.answers(({ url }, response) =>
      url?.includes('cnous') ? json(response, 503, coded('26020', { retry_in: 900 })) : json(response, 200, student)
    )
  )
  t.match(half.page, { tarif: 'demi', aVerifier: /réessayer/ })
  const neither = await opened(t, carteTransport, '/carte', (host) =>
    host.answers((_, response) => json(response, 404, coded('25003')))
  )
  t.match(neither.page, { justificatif: true, message: /aucun établissement/ })
})
