import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  // every account opened from now on is closed, so that the next login of its owner is refused
  await folder.interrupt()
  const app = join(folder.path(), 'app.js')
  const text = await readFile(app, 'utf8')
  await writeFile(app, text.replace('closed: false', 'closed: true'))
  await folder.type('node --env-file=.env server.js')
  await look(
    'a first login, which opens the account, closed at once',
    async (person) => {
      await person.page.goto(account)
      const seen = await person.identify('test')
      await person.page.goto(`${folder.serviceUrl}/franceconnect/logout`)
      return seen
    },
    '{"number":1,"closed":true}'
  )
  await look(
    'a closed account',
    async (person) => {
      await person.page.goto(account)
      await person.identify('test')
      await person.page.waitForURL(`${folder.serviceUrl}/compte-ferme`)
      return person.read()
    },
    /^Votre compte est fermé\.$/
  )
  await look(
    'which let nobody in',
    async (person) => {
      await person.page.goto(account)
      return person.read()
    },
    /impots\.gouv\.fr/
  )
})
