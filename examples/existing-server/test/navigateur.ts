import { once } from 'node:events'
import { createServer } from 'node:net'
import { startSandbox } from 'franceconnect-sandbox'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { violations } from '../../../test/browser/accessibility.ts'
import { launch, noBrowser } from '../../../test/browser/chromium.ts'
import { identify } from '../../../test/browser/franceconnect.ts'
import { startService } from './service.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function open() {
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  const service = await startService(baseUrl, await startSandbox({ port: 0, baseUrl }))
  await service.app.listen({ port, host: 'localhost' })
  const browser = await launch()
  return {
    ...service,
    baseUrl,
    async visit(): Promise<Page> {
      const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage()
      page.setDefaultTimeout(15_000)
      await page.goto(baseUrl)
      return page
    },
    close: async () => {
      await browser.close()
      await service.close()
    }
  }
}

const town = noBrowser === false ? await open() : undefined
t.teardown(() => town?.close())

function scene(name: string, play: (t: Test, page: Page, service: NonNullable<typeof town>) => Promise<void>): void {
  t.test(name, { skip: noBrowser }, async (t) => {
    if (town === undefined) return
    town.base.ecrire('DELETE FROM usagers WHERE courriel IS NULL')
    town.base.ecrire('DELETE FROM franceconnect')
    await play(t, await town.visit(), town)
  })
}

const button = (page: Page) => page.getByRole('link', { name: 'S’identifier avec FranceConnect' })
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

async function logIn(page: Page, citizen = 'test'): Promise<void> {
  await button(page).click()
  await identify(page, citizen)
}

async function byPassword(page: Page, address: string, password: string): Promise<void> {
  await page.getByLabel('Adresse électronique').fill(address)
  await page.getByLabel('Mot de passe').fill(password)
  await press(page, 'Se connecter')
}

async function agent(page: Page, service: NonNullable<typeof town>): Promise<void> {
  await byPassword(page, 'agent@exemple.fr', 'mairie')
  await heading(page, 'Bonjour Dominique')
  await page.goto(`${service.baseUrl}/agents`)
}

scene('closed: a page says so, nobody is logged in, somebody else logs in', async (t, page, service) => {
  t.strictSame(await violations(page), [], 'axe: the login page')
  await logIn(page)
  await heading(page, /Bonjour Angela/)
  await press(page, 'Se déconnecter')
  await button(page).waitFor()
  const staff = await service.visit()
  await agent(staff, service)
  t.strictSame(await violations(staff), [], 'axe: the agents’ page')
  await staff.getByLabel(/État du compte de Angela/).selectOption('Fermé')
  await press(staff, 'Changer l’état du compte de Angela')

  await logIn(page)
  await heading(page, 'Votre compte est fermé')
  t.equal(new URL(page.url()).pathname, '/compte-ferme')
  await page.goto(`${service.baseUrl}/mon-espace`)
  await button(page).waitFor()
  await logIn(page, 'nom_composé')
  await heading(page, /Bonjour/)
})

scene('refused: the page says so, and the way back leads to the login page', async (t, page, service) => {
  await logIn(page)
  await heading(page, /Bonjour Angela/)
  await press(page, 'Se déconnecter')
  await button(page).waitFor()
  service.base.ecrire("UPDATE usagers SET etat = 'refuse' WHERE nom LIKE 'Angela%'")
  await logIn(page)
  await page.waitForURL(/callback/)
  t.match(await page.locator('body').textContent(), 'La connexion')
  await page.goto(`${service.baseUrl}/mon-espace`)
  await button(page).waitFor()
})

scene('forgotten by the citizen: deleted, logged out at FranceConnect too', async (t, page, service) => {
  await logIn(page)
  await heading(page, /Bonjour Angela/)
  await page.getByLabel('Prénom de l’enfant').fill('Lucie')
  await press(page, 'Inscrire')
  t.strictSame(await violations(page), [], 'axe: the space')
  await page.getByText('Supprimer mon compte').click()
  await press(page, 'Supprimer définitivement')
  await heading(page, 'Votre compte est supprimé')
  t.strictSame(service.base.lignes("SELECT * FROM usagers WHERE nom LIKE 'Angela%'"), [])
  t.strictSame(service.base.lignes("SELECT * FROM inscriptions WHERE enfant = 'Lucie'"), [])
  await page.goBack()
  t.notMatch(await page.locator('body').textContent(), 'Lucie', 'the Back button shows nobody')
  await page.goto(service.baseUrl)
  await button(page).click()
  await page.getByRole('button', { name: 'impots.gouv.fr' }).waitFor()
})

scene('forgotten by the town: the next click finds nobody', async (t, page, service) => {
  await logIn(page)
  await heading(page, /Bonjour Angela/)
  const staff = await service.visit()
  await agent(staff, service)
  await press(staff, 'Supprimer le compte de Angela')
  await heading(staff, 'Comptes de la cantine')
  await page.reload()
  await button(page).waitFor()
  t.strictSame(service.base.lignes("SELECT * FROM usagers WHERE nom LIKE 'Angela%'"), [])
})

scene('tied, once the citizen said so and gave the password', async (t, page, service) => {
  await byPassword(page, 'c@exemple.fr', 'cantine')
  await heading(page, 'Bonjour Camille')
  await logIn(page)
  await heading(page, 'Associer votre identité FranceConnect (Angela Claire Louise DUBOIS) au compte de Camille ?')
  t.strictSame(await violations(page), [], 'axe: the question')
  await page.getByLabel('Mot de passe').fill('faux')
  await press(page, 'Associer')
  await page.getByText('Mot de passe inconnu.').waitFor()
  t.strictSame(service.base.lignes('SELECT * FROM franceconnect'), [])
  await page.getByLabel('Mot de passe').fill('cantine')
  await press(page, 'Associer')
  await heading(page, 'Bonjour Camille')
  await press(page, 'Se déconnecter')
  await logIn(page)
  await heading(page, 'Bonjour Camille')
})

scene('kept apart, and cancelled: Camille’s account is nobody else’s', async (t, page, service) => {
  await byPassword(page, 'c@exemple.fr', 'cantine')
  await button(page).click()
  await page.getByRole('link', { name: 'Revenir sur' }).click()
  await page.waitForURL(/callback/)
  await page.goto(`${service.baseUrl}/mon-espace`)
  await heading(page, 'Bonjour Camille')
  await logIn(page)
  await press(page, 'Garder les deux comptes séparés')
  await heading(page, /Bonjour Angela/)
  t.strictSame(service.base.lignes('SELECT * FROM franceconnect WHERE usager = ?', [service.camille]), [])
})
