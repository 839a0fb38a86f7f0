import { phone } from './chromium.ts'
import { acknowledged, button, complete, introduce, send } from './citizen.ts'
import { giveUp, identify } from './franceconnect.ts'
import { picture } from './pictures.ts'
import { accessible, journey, textOf } from './scene.ts'

journey('from the button to the acknowledgment, then out of both sessions', async (t, { page, service }) => {
  await accessible(t, page, 'home')
  await picture(page, 'home')
  await button(page).click()
  const seen = async (name: string) => {
    await accessible(t, page, name)
    await picture(page, name)
  }
  await identify(page, 'test', { seen })

  await page.waitForURL(`${service.baseUrl}/demande`)
  t.equal(await page.getByText('Donnée certifiée', { exact: true }).count(), 3)
  t.match(await textOf(page), 'Angela Claire Louise')
  await accessible(t, page, 'filled form')
  await picture(page, 'form', 1380)
  await complete(page)
  await send(page)
  await acknowledged(page).waitFor()
  t.match(await textOf(page), 'Direction générale des finances publiques (DGFiP)')
  await accessible(t, page, 'acknowledgment')
  await picture(page, 'result')

  await page.getByRole('link', { name: 'Me déconnecter' }).click()
  await page.waitForURL(`${service.baseUrl}/`)
  t.ok(await button(page).isVisible(), 'out of the service')
  await button(page).click()
  await page.getByRole('button', { name: 'impots.gouv.fr' }).waitFor()
  t.pass('and out of FranceConnect, which asks who they are')
})

journey(
  'the form fits a phone',
  async (t, { page, service }) => {
    await button(page).click()
    await identify(page, 'naissance_Algérie')
    await page.waitForURL(`${service.baseUrl}/demande`)
    t.match(await textOf(page), 'à l’étranger (Algérie)')
    await picture(page, 'phone')
  },
  phone
)

journey('whoever leaves FranceConnect finds the form to fill by hand', async (t, { page, service }) => {
  await button(page).click()
  await page.getByRole('button', { name: 'impots.gouv.fr' }).waitFor()
  await giveUp(page)
  await page.waitForURL(/sans-franceconnect/)
  t.match(await textOf(page), 'Vous avez quitté FranceConnect')
  t.ok(await button(page).isVisible(), 'and may try again')
  await accessible(t, page, 'form by hand')
  await send(page)
  t.match(await page.title(), /^Erreur/)
  await accessible(t, page, 'form with errors')
  await introduce(page)
  await complete(page)
  await send(page)
  await acknowledged(page).waitFor()
  t.match(await textOf(page), 'Vous pourriez avoir droit à l’aide totale')
  t.match(page.url(), service.baseUrl)
})

journey('everything can be done from the keyboard', async (t, { page, service }) => {
  await page.keyboard.press('Tab')
  t.equal(await page.evaluate(() => document.activeElement?.textContent), 'Contenu', 'first stop: skip to the content')
  await button(page).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'impots.gouv.fr' }).press('Enter')
  await page.locator('button[name=login][value="test"]').press('Enter')
  await page.getByRole('button', { name: 'Continuer sur' }).press('Enter')
  await page.waitForURL(`${service.baseUrl}/demande`)
  await page.getByRole('link', { name: 'Se déconnecter' }).press('Enter')
  await page.waitForURL(`${service.baseUrl}/`)
})
