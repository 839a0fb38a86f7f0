import { foreign } from './sdk.ts'

const { default: Fastify } = await import('fastify')
const { default: franceConnect } = await import('fastify-franceconnect')
const { default: fcData } = await import('fastify-fc-data')
const { startSandbox } = await import('franceconnect-sandbox')
const { ask } = await import('../express/ask.ts')

const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

export type Service = Awaited<ReturnType<typeof startService>>

/** A service that listens, and everything of its logins that nobody else may read. */
export async function startService() {
  const sandbox = await startSandbox({ port: 0, baseUrl: 'http://localhost:3000' })
  foreign.add(Number(new URL(sandbox.issuer).port))
  const secrets = new Map<string, string>()
  const hide = (name: string, value: unknown) => {
    if (typeof value === 'string' && value.length > 3) secrets.set(value, name)
  }
  const { franceConnectOptions: options } = sandbox
  hide('clientSecret', options.clientSecret)
  hide('secret', options.secret)

  let refusing: (() => Error) | null = null
  const app = Fastify()
  app.addHook('onRequest', async (request) => {
    const { searchParams } = new URL(request.raw.url ?? '', 'http://localhost')
    for (const name of ['code', 'state']) hide(name, searchParams.get(name))
    for (const [, value] of (request.headers.cookie ?? '').matchAll(/=([^;]+)/g)) hide('cookie', value)
  })
  await app.register(franceConnect, {
    ...options,
    baseUrl: 'http://localhost:3000',
    onLogin(_request, _reply, login) {
      hide('accessToken', login.accessToken?.value)
      hide('idToken', login.idToken)
      hide('login id', login.id)
      for (const [claim, value] of Object.entries(login.userInfo)) hide(claim, value)
      if (refusing !== null) throw refusing()
    }
  })
  await app.register(fcData, { ...sandbox.fcDataOptions, apis: ['dss/quotient-familial'], prefetch: [], hold: false })
  app.get('/dossier', { preHandler: app.franceConnect.requireLogin() }, async (request) =>
    request.fcData.try('dss/quotient-familial')
  )
  app.addHook('onSend', async (_request, reply, payload) => {
    const { searchParams } = new URL(String(reply.getHeader('location') ?? ''), 'http://localhost')
    for (const name of ['code', 'state', 'nonce', 'id_token_hint']) hide(name, searchParams.get(name))
    for (const [, value] of String(payload).matchAll(/"(?:prenoms|nom\w*|date_naissance)":"([^"]+)"/g))
      hide('datum', value)
  })
  const address = await app.listen({ port: 0 })

  return {
    app,
    sandbox,
    secrets,
    refuse(why: (() => Error) | null) {
      refusing = why
    },
    async open(path: string, cookies = new Map<string, string>()) {
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
      const answer = await ask(address + path, { ...navigation, ...(cookie === '' ? {} : { cookie }) })
      for (const line of answer.headers['set-cookie'] ?? []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        cookies.set(name, value)
        hide('cookie', value)
      }
      return answer
    },
    /** A login up to the answer of its callback; `bend` changes the callback's address. */
    async logIn(walk: { cancel?: boolean } = {}, bend: (url: URL) => void = () => {}) {
      const cookies = new Map<string, string>()
      const { headers } = await this.open('/franceconnect/login?returnTo=/dossier', cookies)
      const callback = new URL(await sandbox.authorize(String(headers.location), undefined, walk))
      bend(callback)
      const answer = await this.open(callback.pathname + callback.search, cookies)
      return { answer, cookies }
    },
    close: () => Promise.all([app.close(), sandbox.close()])
  }
}
