import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import t, { type Test } from 'tap'
import { request } from 'undici'
import { baseUrl, Jar, navigation, sandboxFor, secret } from '../service.ts'

/** A page opened as a browser does: `fetch` would say that a script asks. */
type Visit = (jar: Jar, url: string) => Promise<{ status: number; location: string; text: string }>

async function startServer(t: Test, options: object): Promise<Visit> {
  const loader = new URL('../../../../test/_loader/register.mjs', import.meta.url).href
  const script = new URL('./server.ts', import.meta.url).pathname
  const env = { ...process.env, OPTIONS: JSON.stringify({ ...options, baseUrl, secret }) }
  // tap puts itself into every Node.js that a test starts, by NODE_OPTIONS: slow, and no service has it.
  const command = ['-u', 'NODE_OPTIONS', process.execPath, '--import', loader, script]
  const child = spawn('env', command, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  })
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return async (jar, url) => {
    const path = url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url
    const target = `http://127.0.0.1:${port}${path}`
    const { statusCode, headers, body } = await request(target, { headers: { ...navigation, cookie: jar.header } })
    jar.take({ headers })
    return { status: statusCode, location: String(headers['location']), text: await body.text() }
  }
}

for (const platform of ['FranceConnect', 'FranceConnect+']) {
  t.test(`${platform}, over HTTP between processes: login, page, back button, leaving, logout`, async (t) => {
    const sandbox = await sandboxFor(t)
    const plus = platform === 'FranceConnect+'
    const visit = await startServer(t, plus ? sandbox.franceConnectPlusOptions! : sandbox.franceConnectOptions)
    const jar = new Jar()
    const locationOf = async (url: string) => (await visit(jar, url)).location

    const callback = await sandbox.authorize(await locationOf('/moi'))
    t.equal(await locationOf(callback), `${baseUrl}/moi`)
    const page = await visit(jar, '/moi')
    t.match(JSON.parse(page.text), { sub: /v1$/, acr: plus ? 'eidas2' : 'eidas1', name: /\w/ })
    t.equal(await locationOf(callback), `${baseUrl}/moi`, 'the back button')

    const left = await visit(
      jar,
      await sandbox.authorize(await locationOf('/franceconnect/login'), undefined, { cancel: true })
    )
    t.equal(left.status, 403)
    t.equal((await visit(jar, '/moi')).status, 200, 'leaving a second login keeps the first')

    const end = await locationOf('/franceconnect/logout')
    t.equal(new URL(end).pathname, `${new URL(plus ? sandbox.plusIssuer : sandbox.issuer).pathname}/session/end`)
    t.equal((await fetch(end)).status, 200)
    t.match(await locationOf('/moi'), '/authorize?')
  })
}
