import { walk } from './walk.ts'

walk('docs/guides/franceconnect-plus.md', async (t, { begin, folder, next, look }) => {
  const sandbox = await begin()
  await sandbox.close()
  await next('sh')
  t.match(await folder.type('node --env-file=.env -p "JSON.parse(process.env.FC_PLUS_KEY).crv"'), 'P-256')
  await next('js')
  await next('sh')
  await look(
    'FranceConnect',
    async (person) => {
      await person.page.goto(`${folder.serviceUrl}/dossier`)
      return person.identify()
    },
    '{"acr":"eidas1"}'
  )
  await look(
    'FranceConnect+',
    async (person) => {
      await person.page.goto(`${folder.serviceUrl}/plus/signature`)
      await person.page.getByRole('button').first().click()
      await person.page.locator('button[name=login][value="test"]').click()
      await person.page.getByRole('button', { name: 'Continuer sur' }).click()
      await person.page.waitForURL(`${folder.serviceUrl}/plus/signature`)
      return person.read()
    },
    /"acr":"eidas[23]"/
  )
})
