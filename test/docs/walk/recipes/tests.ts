import { join } from 'node:path'
import { shelves } from '../stock.ts'
import { createVisitor } from '../visitor.ts'
import { walk } from '../walk.ts'

const [recipes = ''] = shelves

walk('docs/recipes/node-test.md', async (t, { begin, next }) => {
  await begin()
  await next('js')
  t.match(await next('sh'), /pass 3\b/)
})

walk('docs/recipes/vitest.md', async (t, { begin, next }) => {
  await begin()
  await next('sh')
  await next('js')
  t.match(await next('sh'), /Tests +1 passed/)
})

walk('docs/recipes/jest.md', async (t, { begin, next }) => {
  await begin()
  for (const kind of ['sh', 'js', 'js']) await next(kind)
  const said = await next('sh')
  t.match(said, /Tests: +1 passed/)
  t.notMatch(said, /did not exit|forceExit/)
})

walk('docs/recipes/expired-token.md', async (t, { begin, next }) => {
  await begin()
  await next('js')
  t.match(await next('sh'), /pass 1\b/)
})

walk('docs/recipes/autoload.md', async (t, { begin, folder, next }) => {
  const sandbox = await begin()
  for (const kind of ['sh', 'js', 'js', 'js', 'sh']) await next(kind)
  sandbox.automaticCitizen('test')
  t.match(await createVisitor().open(`${folder.serviceUrl}/dossier`), { status: 200, body: /^\{"quotient":\d+\}$/ })
})

walk('docs/recipes/response-schema.md', async (t, { begin, folder, next }) => {
  await begin()
  await next('js')
  await next('sh')
  const { status, body } = await createVisitor().ask(`${folder.serviceUrl}/api/moi`)
  t.equal(status, 401)
  t.match(JSON.parse(body), { code: 'FST_FC_LOGIN_REQUIRED', loginUrl: /^http/, userMessage: String })
})

walk('docs/recipes/secure-session.md', async (t, { begin, folder, next }) => {
  const sandbox = await begin()
  for (const kind of ['sh', 'js', 'sh']) await next(kind)
  sandbox.automaticCitizen('test')
  const { open } = createVisitor()
  t.match(await open(`${folder.serviceUrl}/brouillon`), { body: '{"visits":1}' })
  await open(`${folder.serviceUrl}/dossier`)
  t.match(await open(`${folder.serviceUrl}/brouillon`), { body: '{"visits":2,"nom":"DUBOIS"}' })
  await open(`${folder.serviceUrl}/franceconnect/logout`)
  t.match(await open(`${folder.serviceUrl}/brouillon`), { body: '{"visits":3}' })
})

walk('docs/recipes/typescript.md', async (t, { begin, folder, next }) => {
  await begin()
  for (const kind of ['sh', 'json', 'typescript', 'sh']) await next(kind)
  const compile = (version: string, args: string) =>
    folder.type(`node ${join(recipes, version, 'bin/tsc')} --skipLibCheck ${args}`).then(
      () => 'compiles',
      ({ message }: Error) => message
    )
  t.equal(await compile('typescript55', '-p .'), 'compiles', 'an ES module with 5.5')
  await folder.type('cp service.ts service.cts && sed -i "/^await/d; /^const app/d" service.cts')
  const commonJs = 'service.cts --module nodenext --strict --types node --noEmit'
  t.equal(await compile('typescript58', commonJs), 'compiles', 'CommonJS with 5.8')
  t.match(await compile('typescript55', commonJs), 'TS1479', 'not before')
})
