import { createVisitor } from './visitor.ts'
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

// the levers, pulled as a test in another language does
walk(
  'packages/franceconnect-sandbox/README.md',
  async (t, { begin, folder, next }) => {
    const sandbox = await begin()
    sandbox.automaticCitizen('test')
    await folder.type('node --env-file=.env server.js')
    await next('sh')
    const { body } = await createVisitor().open(`${folder.serviceUrl}/dossier`)
    t.match(body, /Angela Claire Louise, quotient familial : inconnu/)
  },
  { from: '## The window', to: '## In tests' }
)

walk('README.md', use, { from: '## Use it' })
walk('README.fr.md', use, { from: '## Utiliser' })
