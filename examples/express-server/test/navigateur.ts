import t from 'tap'
import { violations } from '../../../test/browser/accessibility.ts'
import { launch, noBrowser } from '../../../test/browser/chromium.ts'
import { identify } from '../../../test/browser/franceconnect.ts'
import { startService } from './service.ts'

t.test('a citizen logs in, reads the price of the library, leaves', { skip: noBrowser }, async (t) => {
  const { baseUrl, close } = await startService()
  const browser = await launch()
  t.teardown(async () => {
    await browser.close()
    await close()
  })
  const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(baseUrl)
  t.strictSame(await violations(page), [], 'axe: the way in')
  await page.getByRole('link', { name: 'S’identifier avec FranceConnect' }).click()
  await identify(page, 'test')
  await page.getByRole('heading', { name: 'Bonjour Angela' }).waitFor()
  t.equal(page.url(), `${baseUrl}/prets`)
  t.strictSame(await violations(page), [], 'axe: the loans')
  await page.getByRole('link', { name: 'Calculer le prix' }).click()
  await page.getByText('l’abonnement d’un an vous coûte').waitFor()
  await page.goBack()
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
  await page.getByLabel('Numéro de carte').waitFor()
  t.equal(page.url(), `${baseUrl}/`)
  await page.goBack()
  t.notMatch(await page.locator('body').textContent(), 'Angela', 'the Back button shows nobody')
})
