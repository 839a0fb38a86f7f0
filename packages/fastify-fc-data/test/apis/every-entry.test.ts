import { fork, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import Fastify, { type FastifyInstance } from 'fastify'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'
import t, { type Test } from 'tap'
import { entries } from '../../src/apis/entries.ts'
import { isFcDataError } from '../../src/errors.ts'
import type { FcDataOptions } from '../../src/options/options.ts'
import fcData from '../../src/plugin.ts'
import { annrev } from '../annrev.ts'

interface SandboxOptions {
  franceConnectOptions: FranceConnectOptions
  fcDataOptions: { providers: NonNullable<FcDataOptions['providers']> }
}

const PARAMS: Record<string, object> = {
  annrev: { annrev },
  immatriculation: { immatriculation: 'FC-456-CD' },
  nir: { nir: '262087510704255' }
}

async function sandboxProcess(t: Test): Promise<SandboxOptions> {
  const execArgv = [`--import=${new URL('../../../../test/_loader/register.mjs', import.meta.url)}`]
  const stdio: StdioOptions = ['ignore', 'pipe', 'inherit', 'ipc']
  const child = fork(new URL('../sandbox-process.ts', import.meta.url), { execArgv, stdio })
  t.teardown(() => child.kill())
  const [line] = await once(createInterface(child.stdout!), 'line')
  return JSON.parse(line)
}

/** Walks a login that needs no click, and returns the cookie of the session. */
async function logIn(app: FastifyInstance): Promise<string> {
  const started = await app.inject('/franceconnect/login')
  const cookies = new Map(started.cookies.map(({ name, value }) => [name, value]))
  const header = (jar: Map<string, string>) => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const jar = new Map<string, string>()
  let location = String(started.headers.location)
  for (let hops = 0; !location.startsWith('http://localhost:3000/') && hops < 10; hops++) {
    const step = await fetch(location, { redirect: 'manual', headers: { cookie: header(jar) } })
    for (const cookie of step.headers.getSetCookie()) {
      const [pair] = cookie.split(';')
      jar.set(pair!.slice(0, pair!.indexOf('=')), pair!.slice(pair!.indexOf('=') + 1))
    }
    location = new URL(step.headers.get('location')!, location).href
  }
  const back = await app.inject({
    url: location.slice('http://localhost:3000'.length),
    headers: { cookie: header(cookies) }
  })
  for (const { name, value } of back.cookies) cookies.set(name, value)
  return header(cookies)
}

t.test('every entry is served by the sandbox, in another process', async (t) => {
  const { franceConnectOptions, fcDataOptions } = await sandboxProcess(t)
  const app = Fastify()
  t.teardown(() => app.close())
  const years = ['dgfip_annee_n_moins_1', 'dgfip_annee_n_moins_2']
  const apis = entries.map(({ name, provider, scopes }) =>
    provider === 'dgfip'
      ? { name, scopes: [...years, 'dgfip_rfr', 'dgfip_nbpart', 'dgfip_indiIFI', 'dgfip_locaux_th', 'dgfip_pac'] }
      : { name, scopes: [...scopes] }
  )
  await app.register(franceConnect, { ...franceConnectOptions, baseUrl: 'http://localhost:3000' })
  await app.register(fcData, { apis: apis as unknown as FcDataOptions['apis'], providers: fcDataOptions.providers })
  app.get('/:name', async (request) => {
    const name = decodeURIComponent((request.params as { name: string }).name) as 'dss/quotient-familial'
    const entry = entries.find((entry) => entry.name === name)!
    const required = (entry.params as { required?: string[] }).required ?? []
    try {
      return await request.fcData(name, Object.assign({}, ...required.map((param) => PARAMS[param])))
    } catch (error) {
      if (isFcDataError(error)) return { code: error.code, status: error.providerStatusCode, message: error.message }
      throw error
    }
  })
  const cookie = await logIn(app)
  for (const { name } of entries) {
    const body = (await app.inject({ url: `/${encodeURIComponent(name)}`, headers: { cookie } })).json()
    t.match(body, { meta: { api: name, held: false } }, `${name}: ${body.message ?? 'read'}`)
    const shown = body.data !== null && Object.keys(body.data ?? {}).length > 0
    t.ok(shown || body.meta?.reason, `${name} hands data over, or says why there is none`)
  }
})
