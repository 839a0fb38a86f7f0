import Fastify, { type FastifyInstance } from 'fastify'
import fcData from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import { type Sandbox, startSandbox } from 'franceconnect-sandbox'

/** A mistake of the first hour: how it is made, and what its maker has to be told. */
export interface Mistake {
  name: string
  /** Makes it, and answers what is said: the error, the page or the log. */
  make(hour: Hour): Promise<string>
  /** What the sentence holds, so that its reader knows what to do. */
  says: readonly RegExp[]
}

export interface Hour {
  sandbox: Sandbox
  /** A server whose log is kept. */
  server(): { app: FastifyInstance; log(): string }
}

export const baseUrl = 'http://localhost:3000'
export const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
export const said = (promise: PromiseLike<unknown>): Promise<string> =>
  Promise.resolve(promise).then(() => '', messageOf)

/** Both plugins, as « Get started » registers them, and a route. */
export async function dossier(hour: Hour, handler: (app: FastifyInstance) => void): Promise<FastifyInstance> {
  const { app } = hour.server()
  await app.register(franceConnect, { ...hour.sandbox.franceConnectOptions, baseUrl })
  await app.register(fcData, { ...hour.sandbox.fcDataOptions, apis: ['dss/quotient-familial'] })
  handler(app)
  return app
}

export const mistakes: readonly Mistake[] = [
  {
    name: 'the sandbox is not started, or listens on another port',
    async make({ sandbox, server }) {
      const { app, log } = server()
      await app.register(franceConnect, {
        ...sandbox.franceConnectOptions,
        issuer: 'http://localhost:9/api/v2',
        baseUrl
      })
      await app.inject({ url: '/franceconnect/login', headers: page })
      return log()
    },
    says: [/localhost:9/, /is franceconnect-sandbox running there\?/i]
  },
  {
    name: 'an API whose name is misspelt',
    async make({ sandbox, server }) {
      const { app } = server()
      await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl })
      const apis = ['dss/quotient-familliale' as 'dss/quotient-familial']
      return said(app.register(fcData, { ...sandbox.fcDataOptions, apis }))
    },
    says: [/dss\/quotient-familliale/, /dss\/quotient-familial\b(?!l)/]
  },
  {
    name: 'a parameter whose name is wrong',
    async make(hour) {
      const app = await dossier(hour, (app) =>
        app.get('/', async (request) => request.fcData('dss/quotient-familial', { anne: '2025' } as never))
      )
      const headers = await hour.sandbox.login(app, 'test')
      return (await app.inject({ url: '/', headers })).body
    },
    says: [/anne\b/, /annee/]
  },
  {
    name: 'an identity scope that is misspelt',
    async make({ sandbox, server }) {
      const { app, log } = server()
      const scope = ['openid', 'given_names', 'family_name']
      const error = await said(app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl, scope }))
      await app.ready()
      return error + log()
    },
    says: [/given_names/, /given_name\b/]
  },
  {
    name: '`await` is forgotten before `register`',
    async make({ sandbox, server }) {
      const { app } = server()
      void app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl })
      try {
        app.franceConnect.requireLogin()
        return ''
      } catch (error) {
        return messageOf(error)
      } finally {
        await app.ready()
      }
    },
    says: [/^Cannot read properties of undefined \(reading 'requireLogin'\)$/]
  },
  {
    name: '`request.fcData` in a hook that was added before the plugin',
    async make(hour) {
      const { app } = hour.server()
      app.addHook('onRequest', async (request) => {
        if (request.url === '/') await request.fcData('dss/quotient-familial')
      })
      await app.register(franceConnect, { ...hour.sandbox.franceConnectOptions, baseUrl })
      await app.register(fcData, { ...hour.sandbox.fcDataOptions, apis: ['dss/quotient-familial'] })
      app.get('/', async () => 'ok')
      const headers = await hour.sandbox.login(app, 'test')
      return (await app.inject({ url: '/', headers })).body
    },
    says: [/hook/i, /before|order|after/i]
  },
  {
    name: 'the server answers on another address than the sandbox knows',
    async make({ sandbox, server }) {
      const { app } = server()
      await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:5000' })
      const { headers } = await app.inject({ url: '/franceconnect/login', headers: page })
      return (await fetch(String(headers.location), { headers: page })).text()
    },
    says: [/http:\/\/localhost:5000\/franceconnect\/callback/, /--base-url/]
  },
  {
    name: 'a test logs in to a server that the sandbox does not know',
    async make({ sandbox, server }) {
      const { app } = server()
      await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:5000' })
      return said(sandbox.login(app, 'test'))
    },
    says: [/Y0\w+/, /http:\/\/localhost:5000\/franceconnect\/callback/]
  },
  {
    name: 'a form is sent, and nothing reads it',
    async make(hour) {
      const app = await dossier(hour, (app) => app.post('/envoi', async () => 'ok'))
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      return (await app.inject({ method: 'POST', url: '/envoi', headers, payload: 'a=1' })).body
    },
    says: [/Unsupported Media Type/]
  },
  {
    name: 'options of another plugin are handed on, as @fastify/autoload does',
    async make({ sandbox, server }) {
      const { app } = server()
      const options = { ...sandbox.franceConnectOptions, baseUrl, port: 3000 }
      return said(app.register(franceConnect, options))
    },
    says: [/"?port"?/, /unknown/]
  }
]

/** A sandbox and as many servers as are asked. */
export async function startHour(): Promise<Hour & { close(): Promise<void> }> {
  const sandbox = await startSandbox({ port: 0, baseUrl })
  const apps: FastifyInstance[] = []
  return {
    sandbox,
    server() {
      const lines: string[] = []
      const app = Fastify({ logger: { stream: { write: (line: string) => void lines.push(line) } } })
      apps.push(app)
      return { app, log: () => lines.join('') }
    },
    async close() {
      await Promise.all([...apps.map((app) => app.close()), sandbox.close()])
    }
  }
}
