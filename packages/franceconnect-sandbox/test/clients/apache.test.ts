import { chmodSync } from 'node:fs'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'
import { apacheOrigin, hasApache, startApache } from './apache.ts'
import { journey } from './journey.ts'

const missing = process.env['CI'] !== 'true' && !hasApache() && 'no apache2 with libapache2-mod-auth-openidc here'

t.test("Apache's mod_auth_openidc logs in and out", { skip: missing }, async (t) => {
  const { origin, port } = await apacheOrigin()
  const sandbox = await startSandbox({ port: 0, baseUrl: origin })
  t.teardown(() => sandbox.close())
  const folder = t.testdir()
  chmodSync(folder, 0o755)
  const stop = await startApache(folder, port, sandbox)
  t.teardown(stop)

  const visit = journey(sandbox, origin)
  const page = await visit.logIn('/')
  t.equal(page.status, 200)
  t.equal(page.text, 'for citizens\n')
  t.equal(page.headers['x-family-name'], 'DUBOIS')
  t.match(page.headers['x-sub'], /^[0-9a-f]{64}v1$/)

  const home = sandbox.client.postLogoutRedirectUris![0]!
  const back = await visit.logOut(`/franceconnect/callback?logout=${encodeURIComponent(home)}`)
  t.equal(back.href, home)
  t.equal((await visit.open(`${back.href}/`)).text, 'goodbye\n')
  t.equal(await visit.isAsked('/'), true, 'logged out, at FranceConnect too')
})
