import { walk } from './walk.ts'

walk('docs/guides/reconcile-accounts.md', async (_t, { begin, folder, next, look }) => {
  await begin()
  await next('js')
  await next('sh')
  const account = `${folder.serviceUrl}/compte`
  for (const [citizen, number] of [
    ['test', 1],
    ['avec_nom_dusage', 2],
    ['test', 1]
  ] as const) {
    await look(
      `the account of ${citizen}, who then leaves`,
      async (person) => {
        await person.page.goto(account)
        const text = await person.identify(citizen)
        await person.page.goto(`${folder.serviceUrl}/franceconnect/logout`)
        return text
      },
      `{"number":${number},"closed":false}`
    )
  }
})
