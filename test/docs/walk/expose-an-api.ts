import { quietPort } from './port.ts'
import { walk } from './walk.ts'

walk('docs/guides/expose-an-api.md', async (t, { folder, next, look }) => {
  folder.move(3001, await quietPort())
  for (const kind of ['sh', 'json', 'sh', 'js', 'js', 'sh', 'js', 'sh']) await next(kind)
  await look(
    'what FranceConnect says that it will send',
    async (person) => {
      await person.page.goto(folder.serviceUrl)
      await person.page.getByRole('button').first().click()
      await person.page.locator('button[name=login][value="test"]').click()
      await person.page.getByRole('button', { name: 'Continuer sur' }).waitFor()
      return person.read()
    },
    /Ville de Test.*Solde de la cantine|Solde de la cantine.*Ville de Test/
  )
  await look(
    'the balance of her canteen',
    async (person) => {
      await person.click('Continuer sur')
      await person.page.waitForURL(`${folder.serviceUrl}/`)
      return person.read()
    },
    /^\{"solde":12\.5\}$/
  )
  await look(
    'somebody who is in no record',
    async (person) => {
      await person.page.context().clearCookies()
      await person.page.goto(folder.serviceUrl)
      return person.identify('avec_nom_dusage')
    },
    /FST_FC_DATA_/
  )
  const said = await next('sh')
  t.match(said, '0 erreur', 'the doctor')
  t.match(said, /ville_solde/, 'the sheet')
})
