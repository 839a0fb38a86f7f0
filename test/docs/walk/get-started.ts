import { walk } from './walk.ts'

walk('docs/guides/get-started.md', async (t, { folder, next, look, typed }) => {
  await next('sh')
  t.match(await next('sh'), 'http://localhost', 'the sandbox says where it listens')
  await next('sh')
  await next('js')
  await next('js')
  await next('js')
  await next('sh')
  await look('a stranger', (person) => person.open(folder.serviceUrl), /^S’identifier avec FranceConnect Qu’est-ce que/)
  await look(
    'the button, with its look',
    (person) => person.page.locator('.fr-connect').evaluate((button) => getComputedStyle(button).backgroundColor),
    'rgb(0, 0, 145)'
  )
  await look(
    'the login',
    async (person) => {
      await person.click('S’identifier avec FranceConnect')
      return person.identify()
    },
    /^Bonjour Angela Claire Louise — Se déconnecter$/
  )
  await look(
    'the file',
    (person) => person.open(`${folder.serviceUrl}/dossier`),
    /^Angela Claire Louise, quotient familial : \d+$/
  )
  await look(
    'the way out',
    async (person) => {
      await person.open(folder.serviceUrl)
      await person.click('Se déconnecter')
      await person.page.waitForURL(`${folder.serviceUrl}/`)
      return person.read()
    },
    /^S’identifier avec FranceConnect/
  )
  await look(
    'a citizen without a file',
    async (person) => {
      await person.page.goto(`${folder.serviceUrl}/dossier`)
      return person.identify('sans_dossier')
    },
    /quotient familial : inconnu$/
  )
  await next('js')
  t.match(await next('sh'), /(#|ℹ) pass 1\b/, 'the test passes')
  t.match(await next('sh'), '/franceconnect/logout/callback', 'the doctor prints what to declare')
  const { lines, seconds } = typed()
  t.ok(lines < 60, `${lines} lines typed, under 60`)
  t.ok(seconds < 300, `${seconds} s, under five minutes`)
})
