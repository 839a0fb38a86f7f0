// A town exposes its data, a service reads them: both halves on one machine, in a browser.
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { demarrer, type Ensemble } from '../../examples/data-provider/src/ensemble.ts'
import { violations } from './accessibility.ts'
import { desktop, launch, noBrowser } from './chromium.ts'
import { button } from './citizen.ts'
import { identify } from './franceconnect.ts'
import { picture } from './pictures.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

const browser = noBrowser === false ? await launch() : undefined
t.teardown(() => browser?.close())

/** A citizen in a browser of their own, before a service that asks these scopes of the town. */
async function opened(t: Test, scopes?: readonly string[]): Promise<{ page: Page; ensemble: Ensemble }> {
  const ensemble = await demarrer({ demarche: await freePort(), ville: await freePort(), sandbox: 0 }, scopes)
  const context = await browser!.newContext({ viewport: desktop, locale: 'fr-FR' })
  t.teardown(async () => {
    await context.close()
    await ensemble.close()
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(ensemble.demarche)
  return { page, ensemble }
}

const text = async (page: Page) => ((await page.locator('body').textContent()) ?? '').replace(/[\s\u00a0\u202f]+/g, ' ')

t.test('the town’s data on the information page, then in the form', { skip: noBrowser }, async (t) => {
  const { page, ensemble } = await opened(t)
  await button(page).click()
  await identify(page, 'test', {
    seen: async (name) => {
      if (name !== 'sandbox-information') return
      const shown = await text(page)
      for (const label of ['Solde de la cantine', 'Enfants inscrits à la cantine', 'Carte de la bibliothèque']) {
        t.match(shown, `${label} (Ville de Sainte-Démo)`)
      }
      await picture(page, 'town-information', 1100)
    }
  })
  await page.waitForURL(`${ensemble.demarche}/demande`)
  const children = page.getByLabel('Enfants à inscrire')
  t.equal(await children.inputValue(), 'Léa (École Jules-Ferry), Tom (École Jules-Ferry)')
  t.match(await text(page), /Solde de la cantine ?42,50 €/)
  t.match(await text(page), 'B-2041')
  t.strictSame(await violations(page), [])
  await picture(page, 'town-form')
  await page.getByRole('button', { name: 'Envoyer ma demande' }).click()
  await page.getByRole('heading', { name: 'Votre demande est enregistrée' }).waitFor()
  t.match(await text(page), 'Léa')
})

t.test('what was not granted is absent, on both pages', { skip: noBrowser }, async (t) => {
  const { page, ensemble } = await opened(t, ['ville_solde'])
  await button(page).click()
  await identify(page, 'test', {
    seen: async (name) => {
      if (name !== 'sandbox-information') return
      t.match(await text(page), 'Solde de la cantine')
      t.notMatch(await text(page), /Enfants inscrits|bibliothèque/)
    }
  })
  await page.waitForURL(`${ensemble.demarche}/demande`)
  t.equal(await page.getByLabel('Enfants à inscrire').inputValue(), '')
  t.match(await text(page), '42,50 €')
  t.notMatch(await text(page), /B-2041|Léa/)
})

t.test('a citizen whom the town has twice types by hand', { skip: noBrowser }, async (t) => {
  const { page, ensemble } = await opened(t)
  await button(page).click()
  await identify(page, 'avec_nom_dusage')
  await page.waitForURL(`${ensemble.demarche}/demande`)
  t.match(await page.getByRole('status').textContent(), 'complétez à la main')
  await page.getByLabel('Enfants à inscrire').fill('Zoé')
  await page.getByRole('button', { name: 'Envoyer ma demande' }).click()
  await page.getByRole('heading', { name: 'Votre demande est enregistrée' }).waitFor()
})

t.test('the town’s API documents itself', { skip: noBrowser }, async (t) => {
  const { page, ensemble } = await opened(t)
  await page.goto(`${ensemble.ville}/documentation`)
  await page.getByText('/v1/famille').first().click()
  await page.getByText('Jeton d’accès manquant').first().waitFor()
  await picture(page, 'town-documentation', 1600)
  t.match(await text(page), 'Ville de Sainte-Démo')
  t.notMatch(await text(page), 'data-provider/jwks')
})
