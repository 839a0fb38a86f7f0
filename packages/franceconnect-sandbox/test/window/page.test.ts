import type { Page } from 'playwright-core'
import t from 'tap'
import { violations } from '../../../../test/browser/accessibility.ts'
import { desktop, launch, noBrowser, phone } from '../../../../test/browser/chromium.ts'
import { picture } from '../../../../test/browser/pictures.ts'
import { authorizeUrl, withService } from './service.ts'

const browser = noBrowser ? undefined : await launch()
t.teardown(() => browser?.close())

/** The window, open, and what its console said. */
async function open(address: string) {
  const page = await browser!.newPage({ viewport: desktop })
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(address)
  await page.getByText('En direct').waitFor()
  return { page, complaints }
}

const step = (page: Page, title: string) => page.locator('.journey .step', { hasText: title })

/** Both sizes, light and dark: axe, and nothing wider than the screen. */
async function clean(t: { same(found: unknown, wanted: unknown, message: string): unknown }, page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    t.same(await violations(page), [], colorScheme)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

t.test('a login, watched from start to end', { skip: noBrowser }, async (t) => {
  const { sandbox, app, page: address } = await withService(t)
  const { page, complaints } = await open(address)
  await page.getByText('Aucune pour le moment').waitFor()
  await clean(t, page)

  const visitor = sandbox.browser()
  await visitor.get(authorizeUrl(sandbox))
  await page.getByRole('heading', { name: /Connexion 1 : un citoyen à Service de démonstration/ }).waitFor()
  t.equal(await page.locator('.journey .state').textContent(), 'en cours', 'shown while it goes on')

  await sandbox.login(app, 'test', { path: '/quotient' })
  await page.getByRole('heading', { name: 'Connexion 2 : Angela Claire Louise DUBOIS' }).waitFor()
  await page.locator('.journey .state', { hasText: 'connecté' }).waitFor()
  t.same((await page.locator('.journey .who').allTextContents()).slice(-4), [
    'Service → FranceConnect',
    'Service → FranceConnect',
    'Service → API Particulier',
    'API Particulier → FranceConnect'
  ])
  t.match(await page.locator('.journey .back').textContent(), /Navigateur → Service : retour à http:\/\/localhost:3000/)

  const countdown = page.locator('.countdowns li', { hasText: 'Jeton d’accès' })
  const left = async () => Number(/encore (\d+) s/.exec((await countdown.textContent()) ?? '')?.[1])
  const before = await left()
  t.ok(before > 40 && before <= 60)
  await page.locator('.countdowns li', { hasText: 'Jeton d’accès', hasNotText: `encore ${before} s` }).waitFor()
  t.ok((await left()) < before, 'the sixty seconds run down')

  await step(page, 'Échange du code').locator('summary').first().focus()
  await page.keyboard.press('Enter')
  const exchange = step(page, 'Échange du code').locator('.detail')
  await exchange.getByText('Signature ES256 bonne').waitFor()
  for (const said of [/Valable jusqu’à .* encore \d+ s/, 'nonce est celui de la demande', '"acr": "eidas1"']) {
    await exchange.getByText(said).first().waitFor()
  }
  const secret = sandbox.client.clientSecret
  t.notMatch(await page.content(), secret, 'masked')
  await exchange.getByRole('button', { name: 'Montrer le secret' }).click()
  await exchange.getByText(secret).waitFor()

  await step(page, 'Appel de données dss/quotient-familial').locator('summary').first().click()
  const data = step(page, 'Appel de données').locator('.opened')
  await data.waitFor()
  t.match(await data.locator('.granted').allTextContents(), [/cnaf_quotient_familial.*\s+quotient_familial/])
  t.equal(await data.locator('.absent').count(), 3)
  t.match(await data.locator('.absent').allTextContents(), [
    /cnaf_allocataires/,
    /cnaf_enfants.*\s+.*enfants/,
    /cnaf_adresse/
  ])
  await step(page, 'demande ce que vaut le jeton').locator('summary').first().click()
  await page.getByText('"scope": "cnaf_quotient_familial"').waitFor()
  await clean(t, page)

  await page.getByRole('button', { name: '+ 61 s' }).click()
  await countdown.getByText('terminé').waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Connexion 2' }).waitFor()
  await step(page, 'Échange du code').locator('summary').first().click()
  await page.getByText(/Expiré depuis/).waitFor()
  t.same(complaints, [])
})

t.test('a refused login, understood from the page alone', { skip: noBrowser }, async (t) => {
  const { sandbox, page: address } = await withService(t)
  const { page, complaints } = await open(address)
  await fetch(authorizeUrl(sandbox, { redirect_uri: 'http://localhost:8080/callback' }))
  const why = page.locator('.journey .why')
  await why.waitFor()
  t.match(
    await why.textContent(),
    /L’adresse de retour n’est aucune de celles.*Reçue : http:\/\/localhost:8080\/callback/
  )
  t.match(await why.textContent(), /À changer : .*--base-url/)
  await clean(t, page)
  t.equal(await page.locator('.sr[role=status]').textContent(), 'Connexion 1 : refusé.', 'said to a screen reader')
  await sandbox.authorize(authorizeUrl(sandbox))
  sandbox.advance(31)
  await page.getByText('le service n’a pas appelé /token dans les 30 secondes').waitFor()
  t.same(complaints, [])
})

t.test('the levers, by keyboard', { skip: noBrowser }, async (t) => {
  const { sandbox, app, page: address } = await withService(t)
  const { page, complaints } = await open(address)
  const said = page.locator('.said')
  const quotient = async () => {
    const headers = await sandbox.login(app, 'test', { path: '/quotient' })
    return (await app.inject({ url: '/quotient', headers })).json().quotient
  }

  await page.getByLabel('Citoyen choisi d’avance').selectOption('avec_nom_dusage')
  await said.getByText('se connecte désormais sans un clic').waitFor()
  const visitor = sandbox.browser()
  const arrived = await visitor.follow(await visitor.get(authorizeUrl(sandbox)))
  t.match(arrived.location, /code=/, 'without a click')
  await page.getByLabel('Citoyen choisi d’avance').selectOption('')
  await said.getByText('sont de retour').waitFor()

  await page.getByLabel('Ce qui change').fill('{ "quotient_familial": { "valeur": 400 } }')
  await page.getByRole('button', { name: 'Répondre ainsi' }).focus()
  await page.keyboard.press('Enter')
  await said.getByText('dss/quotient-familial répond ainsi pour test').waitFor()
  t.equal(await quotient(), 400)
  await page.getByRole('button', { name: 'Oublier les données de test' }).click()
  await said.getByText('comme d’habitude').waitFor()
  t.equal(await quotient(), 872)
  await page.getByLabel('Ce qui change').fill('nothing')
  await page.getByRole('button', { name: 'Répondre ainsi' }).click()
  await said.getByText('ne sont pas du JSON').waitFor()

  await page.locator('select[name=target]').selectOption('franceConnect')
  await page.locator('select[name=kind]').selectOption('maintenance')
  await page.getByText('Précisions').click()
  await page.getByLabel('Retry-After en s').fill('7')
  await page.getByRole('button', { name: 'Allumer' }).click()
  await page.getByText('franceConnect : maintenance, retryAfter 7 s').waitFor()
  t.equal((await fetch(`${sandbox.issuer}/jwks`)).headers.get('retry-after'), '7')
  await page.getByRole('button', { name: 'Éteindre la panne de franceConnect' }).click()
  await said.getByText('Panne éteinte').waitFor()

  const before = await (await fetch(`${sandbox.issuer}/jwks`)).text()
  await page.getByRole('button', { name: 'Remplacer les clés' }).click()
  await said.getByText('ont été remplacées').waitFor()
  t.not(await (await fetch(`${sandbox.issuer}/jwks`)).text(), before)

  sandbox.faults.set('dgfip', 'down')
  sandbox.advance(10)
  await page.getByText('dgfip : down').waitFor()
  await page.getByText('En avance de 10 s').waitFor()
  await page.getByRole('button', { name: 'Vider la fenêtre' }).click()
  await page.getByText('Aucune pour le moment').waitFor()
  t.same(complaints, [])
})

t.test('pictures', { skip: noBrowser }, async (t) => {
  const { sandbox, app, page: address } = await withService(t)
  const { page } = await open(address)
  await fetch(authorizeUrl(sandbox, { redirect_uri: 'http://localhost:8080/callback' }))
  await page.locator('.journey .why').waitFor()
  await picture(page, 'sandbox-window-refused', 760)
  await sandbox.login(app, 'test', { path: '/quotient' })
  await page.locator('.journey .state', { hasText: 'connecté' }).waitFor()
  await step(page, 'Appel de données').locator('summary').first().click()
  await page.locator('.opened').waitFor()
  await page.evaluate('scrollTo(0, 0)')
  await picture(page, 'sandbox-window', 1960)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize(phone)
  await page.evaluate('scrollTo(0, 0)')
  await picture(page, 'sandbox-window-phone', 1200)
  t.pass('taken')
})
