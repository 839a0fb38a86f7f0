import { mock } from 'node:test'
import t from 'tap'
import { acknowledged, button, complete, send } from './citizen.ts'
import { identify } from './franceconnect.ts'
import { accessible, journey, textOf } from './scene.ts'

t.afterEach(() => mock.timers.reset())

journey('the tax administration is down: the rest is filled, that answer is typed', async (t, { page, service }) => {
  service.sandbox.faults.set('dgfip', 'down')
  await button(page).click()
  await identify(page, 'test')
  await page.waitForURL(`${service.baseUrl}/demande`)
  t.match(await textOf(page), 'Nous n’avons pas pu lire cette donnée')
  t.equal(await page.getByText('Donnée certifiée', { exact: true }).count(), 2)
  await accessible(t, page, 'form with a provider down')
  await page.getByLabel('Revenu fiscal de référence, en euros').fill('13 000')
  await page.getByLabel('Nombre de personnes').fill('2')
  await complete(page)
  await send(page)
  await acknowledged(page).waitFor()
  t.match(await textOf(page), 'la donnée a été saisie à la main')
})

journey('nobody has anything on them: the form says so', async (t, { page, service }) => {
  await button(page).click()
  await identify(page, 'sans_dossier')
  await page.waitForURL(`${service.baseUrl}/demande`)
  t.match(await textOf(page), 'Pas de dossier d’allocataire')
  await accessible(t, page, 'form without answers')
})

journey('a second visit, once the answers are gone, makes the round trip again', async (t, { page, service }) => {
  await button(page).click()
  await identify(page, 'test')
  await page.waitForURL(`${service.baseUrl}/demande`)
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 31 * 60_000 })
  await page.goto(`${service.baseUrl}/demande`)
  t.match(page.url(), service.sandbox.issuer, 'FranceConnect again')
  await identify(page, 'test')
  await page.waitForURL(`${service.baseUrl}/demande`)
  t.equal(await page.getByText('Donnée certifiée', { exact: true }).count(), 3)
})

journey('a login whose end comes while the form is filled loses nothing', async (t, { page, service }) => {
  await button(page).click()
  await identify(page, 'test')
  await page.waitForURL(`${service.baseUrl}/demande`)
  await complete(page)
  await page.context().clearCookies()
  await send(page)
  t.match(await textOf(page), 'Votre connexion FranceConnect a pris fin')
  t.equal(await page.getByLabel('Adresse électronique').inputValue(), 'angela@exemple.fr')
  await accessible(t, page, 'form after the end of the login')
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'connectez de nouveau' }).click()
  ])
  await identify(tab, 'test')
  await tab.waitForURL(`${service.baseUrl}/demande`)
  await send(page)
  await acknowledged(page).waitFor()
  t.equal(await page.getByText('Donnée certifiée', { exact: true }).count(), 3)
})

journey('an attempt that is gone: a page says so and leads to the form by hand', async (t, { page, service }) => {
  await page.goto(`${service.baseUrl}/franceconnect/callback?code=x&state=y`)
  t.match(await textOf(page), 'La connexion n’a pas abouti')
  await accessible(t, page, 'page of an incident')
  await page.getByRole('link', { name: 'Remplir sans FranceConnect' }).click()
  await page.getByLabel('Nom de naissance').waitFor()
})

journey('the civil register refuses: FranceConnect says so, and leads back', async (t, { page, service }) => {
  await button(page).click()
  await page.getByRole('button', { name: 'impots.gouv.fr' }).click()
  await page.locator('button[name=login][value="E010015"]').click()
  await page.getByText('Y010015').waitFor()
  await accessible(t, page, 'error page of the sandbox')
  await page.getByRole('link', { name: 'Revenir sur' }).click()
  await page.waitForURL(`${service.baseUrl}/demande/sans-franceconnect?motif=annulation`)
})
