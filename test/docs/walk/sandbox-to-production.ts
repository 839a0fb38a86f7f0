import { walk } from './walk.ts'

walk('docs/guides/sandbox-to-production.md', async (t, { begin, folder, next, look }) => {
  await begin()
  await next('js')
  t.match(await next('sh'), '0 erreur', 'the sandbox agrees with the settings')
  t.match(await next('sh'), 'https://demarche.example.fr/franceconnect/logout/callback')
  await folder.type('node --env-file=.env server.js')
  await look(
    'the same code',
    async (person) => {
      await person.page.goto(`${folder.serviceUrl}/dossier`)
      return person.identify()
    },
    /^Angela Claire Louise, quotient familial : \d+$/
  )
})
