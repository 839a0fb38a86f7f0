import t from 'tap'
import { Jar, logIn, open, sandboxFor, serviceFor } from '../../../packages/fastify-franceconnect/test/service.ts'

t.test('a logout that lands on a guarded page is said, the first time', async (t) => {
  const sandbox = await sandboxFor(t)
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(JSON.parse(line).msg) }
  const app = await serviceFor(t, sandbox, {
    server: { logger: { level: 'warn', stream } },
    pages(app) {
      app.get('/', { preHandler: app.franceConnect.requireLogin() }, async () => 'accueil')
    }
  })
  const said = () => lines.filter((line) => /after a logout the citizen lands on \//.test(line))
  await open(app, new Jar(), '/')
  t.equal(said().length, 0, 'a first visit is none')
  for (let i = 0; i < 2; i++) {
    const jar = new Jar()
    await logIn(app, sandbox, jar)
    await open(app, jar, '/franceconnect/logout')
    const landed = await open(app, jar, '/franceconnect/logout/callback')
    await open(app, jar, '/garde')
    await open(app, jar, String(landed.headers.location))
  }
  t.match(said(), [/postLogoutReturnTo/])
})
