import { walk } from './walk.ts'

for (const from of ['openid-client', 'fastify-oauth2']) {
  walk(`docs/guides/migrate-from-${from}.md`, async (_t, { begin, folder, next, look }) => {
    const sandbox = await begin()
    await sandbox.close()
    await next('js')
    await next('json')
    await next('sh')
    await next('sh')
    await look(
      'the account',
      async (person) => {
        await person.page.goto(`${folder.serviceUrl}/compte`)
        return person.identify()
      },
      /DUBOIS/
    )
  })
}

walk('docs/guides/migrate-from-passport.md', async (_t, { begin, folder, next, look }) => {
  await begin()
  await next('js')
  await next('sh')
  await look(
    'the account',
    async (person) => {
      await person.page.goto(`${folder.serviceUrl}/compte`)
      return person.identify()
    },
    /^\{"id":1,"sub":"[\da-f]+v1"\}$/
  )
})
