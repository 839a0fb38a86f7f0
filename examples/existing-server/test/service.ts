import { type Sandbox, startSandbox } from 'franceconnect-sandbox'
import t from 'tap'
import { buildApp } from '../src/after.ts'
import { ouvrirBase } from '../src/base.ts'
import { hacher } from '../src/mot-de-passe.ts'

export const baseUrl = 'http://localhost:3000'
export const form = { 'content-type': 'application/x-www-form-urlencoded' }
export const password = 'courriel=c@exemple.fr&motdepasse=cantine'

const hashes = { cantine: await hacher('cantine'), mairie: await hacher('mairie') }

export type Service = Awaited<ReturnType<typeof startService>>

/** The town's server with its FranceConnect; Camille and an agent have accounts with a password. */
export async function startService(url = baseUrl, sandbox?: Sandbox) {
  const franceConnect = sandbox ?? (await startSandbox({ port: 0, baseUrl: url }))
  const base = await ouvrirBase()
  const inscrire = (nom: string, courriel: string, motdepasse: keyof typeof hashes, agent = 0) =>
    base.ecrire('INSERT INTO usagers (nom, courriel, motdepasse, agent) VALUES (?, ?, ?, ?)', [
      nom,
      courriel,
      hashes[motdepasse],
      agent
    ])
  const camille = inscrire('Camille', 'c@exemple.fr', 'cantine')
  inscrire('Dominique', 'agent@exemple.fr', 'mairie', 1)
  const options = { ...franceConnect.franceConnectOptions, baseUrl: url }
  const app = await buildApp({ base, secret: 'x'.repeat(32), franceConnect: options })
  return {
    app,
    base,
    camille,
    sandbox: franceConnect,
    accounts: () => base.lignes('SELECT id FROM usagers').length,
    close: () => Promise.all([app.close(), franceConnect.close()])
  }
}

export const service = await startService()
t.teardown(() => service.close())

/** A browser without a screen: it keeps cookies, and sends what a window's navigations and forms say of themselves. */
export function browser({ app, sandbox }: Service = service) {
  const cookies = new Map<string, string>()

  async function visit(method: 'GET' | 'POST', url: string, payload = '', more: Record<string, string> = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const from = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    const headers = { cookie, accept: 'text/html', ...from, ...(method === 'POST' ? form : {}), ...more }
    const answer = await app.inject({ method, url, payload, headers })
    for (const { name, value, maxAge, expires } of answer.cookies) {
      if (maxAge === 0 || (expires !== undefined && expires.getTime() <= Date.now())) cookies.delete(name)
      else cookies.set(name, encodeURIComponent(value))
    }
    return answer
  }

  return {
    cookies,
    get: (url: string) => visit('GET', url),
    post: (url: string, payload = '', more?: Record<string, string>) => visit('POST', url, payload, more),
    /** Logs in with FranceConnect from the button; gives the callback's answer. */
    async identify(citizen: string, cancel = false) {
      const started = await visit('GET', '/franceconnect/login?returnTo=/mon-espace')
      const walk = cancel ? { cancel } : {}
      const callback = new URL(await sandbox.authorize(String(started.headers.location), citizen as 'test', walk))
      return visit('GET', callback.pathname + callback.search)
    }
  }
}

/** Path of a redirect, whatever the origin. */
export const target = ({ headers }: { headers: { location?: string | number | string[] | undefined } }) =>
  new URL(String(headers.location), baseUrl).pathname
