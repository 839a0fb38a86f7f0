import Fastify, { type FastifyInstance } from 'fastify'
import fcData from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import { startSandbox } from 'franceconnect-sandbox'
import t, { type Test } from 'tap'

export const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
export const form = {
  ...navigation,
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin'
}

export const sandbox = await startSandbox({ port: 0, baseUrl: 'http://localhost:3000' })
t.teardown(() => sandbox.close())

export const options = {
  login: { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000' },
  data: { ...sandbox.fcDataOptions, apis: ['dss/quotient-familial' as const] }
}

/** A service whose neighbours come before and after the plugins; `/dossier` shows a datum. */
export async function serviceWith(
  t: Test,
  before: (app: FastifyInstance) => unknown,
  after: (app: FastifyInstance) => unknown = () => {}
): Promise<FastifyInstance> {
  const app = Fastify()
  t.teardown(() => app.close())
  await before(app)
  await app.register(franceConnect, options.login)
  await app.register(fcData, options.data)
  await after(app)
  app.get('/dossier', { preHandler: app.fcData.require('dss/quotient-familial') }, async (request) => {
    const { data } = await request.fcData('dss/quotient-familial')
    return { quotient: data?.quotient_familial?.valeur }
  })
  await app.ready()
  return app
}

/** A browser: its cookies, a page, a form, and a login up to the callback. */
export function browser(app: FastifyInstance) {
  const cookies = new Map<string, string>()
  async function send(method: 'GET' | 'POST', url: string, payload = '') {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const headers = { ...(method === 'POST' ? form : navigation), cookie }
    const answer = await app.inject({ method, url, headers, payload })
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return {
    open: (url: string) => send('GET', url),
    post: (url: string, fields: Record<string, string>) => send('POST', url, new URLSearchParams(fields).toString()),
    /** Path of the callback of a login from the page given. */
    async upToCallback(page = '/dossier') {
      const { headers } = await send('GET', page)
      const callback = new URL(await sandbox.authorize(String(headers.location)))
      return callback.pathname + callback.search
    },
    async logIn(page = '/dossier') {
      await send('GET', await this.upToCallback(page))
      return send('GET', page)
    }
  }
}
