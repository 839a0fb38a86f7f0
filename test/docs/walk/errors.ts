import { walk } from './walk.ts'

walk('docs/guides/errors.md', async (_t, { begin, folder, next, look }) => {
  const sandbox = await begin()
  await next('js')
  await next('sh')
  sandbox.faults.set('apiParticulier', 'down')
  await look(
    'a data provider that is down',
    async (person) => {
      await person.page.goto(`${folder.serviceUrl}/dossier`)
      return person.identify()
    },
    /^Le service qui détient vos données ne répond pas correctement\. Vous pouvez réessayer dans un moment\.$/
  )
})
