import { type Steps, walk } from './walk.ts'

const use = async (_t: unknown, { folder, next, look }: Steps) => {
  await next('sh')
  await next('sh')
  await next('ts')
  await next('sh')
  await look(
    'the file',
    async (person) => {
      await person.page.goto(`${folder.serviceUrl}/dossier`)
      return person.identify()
    },
    '{"hello":"Angela Claire Louise","quotient":872}'
  )
}

walk('README.md', use, { from: '## Use it' })
walk('README.fr.md', use, { from: '## Utiliser' })
