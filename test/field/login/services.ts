import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Sandbox } from 'franceconnect-sandbox'
import type { Test } from 'tap'
import type { SessionStore } from '../../../packages/fastify-franceconnect/src/session/store.ts'
import { Jar, open, type ServiceOptions, serviceFor } from '../../../packages/fastify-franceconnect/test/service.ts'

export { baseUrl, Jar, open, secret, upToCallback } from '../../../packages/fastify-franceconnect/test/service.ts'

type Session = Record<string, unknown> & {
  regenerate(keys?: string[] | ((error?: unknown) => void)): Promise<void>
  destroy(done?: (error?: unknown) => void): Promise<void>
  save(done?: (error?: unknown) => void): Promise<void>
  reload(done?: (error?: unknown) => void): Promise<void>
}

export const sessionOf = (request: FastifyRequest): Session => request.session as unknown as Session

/** A store whose rows are JSON, as in any database: its n-th operation fails on demand, before or after it is done. */
export class Rows implements SessionStore {
  readonly rows = new Map<string, string>()
  operations = 0
  fails: (operation: number, name: string, key: string) => 'before' | 'after' | null = () => null

  #do(name: string, key: string, work: () => unknown, done: (error: unknown, value?: never) => void): void {
    this.operations += 1
    const fault = this.fails(this.operations, name, key)
    const value = fault === 'before' ? undefined : work()
    setImmediate(() =>
      fault ? done(new Error('READONLY You can’t write against a replica')) : done(null, value as never)
    )
  }

  get(key: string, done: (error: unknown, value?: never) => void): void {
    const read = () => JSON.parse(this.rows.get(key) ?? 'null')
    this.#do('get', key, read, done)
  }

  set(key: string, row: unknown, done: (error?: unknown) => void): void {
    const text = JSON.stringify(row)
    this.#do('set', key, () => this.rows.set(key, text), done)
  }

  destroy(key: string, done: (error?: unknown) => void): void {
    this.#do('destroy', key, () => this.rows.delete(key), done)
  }
}

type OnLogin = (request: FastifyRequest, reply: FastifyReply) => unknown

export interface Service {
  app: FastifyInstance
  /** What `onLogin` does from now on. */
  onLogin(work: OnLogin): void
  /** Lets every slow page go on, and waits for those that are given. */
  release(...answers: Promise<unknown>[]): Promise<void>
  /** How many slow pages wait. */
  waiting(): number
  store: SessionStore
  lines: string[]
}

export type Kind = 'own' | 'host'
/** The plugin's own session, and @fastify/session of the host with its defaults. */
export const kinds: Kind[] = ['own', 'host']

/**
 * `/espace` tells who is there and what the session says; `/lent` waits, then writes `?ecrit=` in the session it began
 * with, or only reads; `/brouillon` writes a draft.
 */
export async function startService(
  t: Test,
  sandbox: Sandbox,
  kind: Kind,
  {
    store = new fastifySession.MemoryStore() as SessionStore,
    session = {},
    ...options
  }: ServiceOptions & {
    store?: SessionStore
    session?: object
  } = {}
): Promise<Service> {
  let onLogin: OnLogin = () => {}
  const held = new Set<() => void>()
  const lines: string[] = []
  const hostSession = { secret: 'the host’s own secret, of thirty-two characters or more', cookie: { secure: false } }
  const app = await serviceFor(t, sandbox, {
    ...options,
    server: { logger: { stream: { write: (line) => void lines.push(line) } }, ...options.server },
    async before(app) {
      if (kind === 'own') return
      await app.register(fastifyCookie)
      await app.register(fastifySession, { ...hostSession, ...session, store })
    },
    ...(kind === 'own' ? { session: { ...session, store } } : {}),
    onLogin: (request, reply) => onLogin(request, reply) as Promise<void>,
    pages(app) {
      app.get('/espace', async (request) => ({
        sub: request.franceConnect?.sub ?? null,
        id: request.franceConnect?.id ?? null,
        compte: sessionOf(request)['compte'] ?? null,
        brouillon: sessionOf(request)['brouillon'] ?? null
      }))
      app.get('/lent', async (request) => {
        const { ecrit } = request.query as { ecrit?: string }
        const session = sessionOf(request)
        await new Promise<void>((resolve) => held.add(resolve))
        if (ecrit !== undefined) session['ecrit'] = ecrit
        return { ecrit }
      })
      app.get('/brouillon', async (request) => {
        sessionOf(request)['brouillon'] = { lignes: ['une ligne'] }
        return 'noté'
      })
      options.pages?.(app)
    }
  })
  await app.franceConnect.ready()
  return {
    app,
    onLogin(work) {
      onLogin = work
    },
    async release(...answers) {
      for (const go of held) go()
      held.clear()
      await Promise.all(answers)
    },
    waiting: () => held.size,
    store,
    lines
  }
}

/** A copy of a browser as it is now: what its next request would send. */
export function copyOf(jar: Jar): Jar {
  const copy = new Jar()
  for (const [name, value] of jar.cookies) copy.cookies.set(name, value)
  return copy
}

/** A slow page in a browser's tab, begun now; `answer` ends once the browser took it. */
export async function slowPage(service: Service, jar: Jar, query = ''): Promise<{ answer: Promise<void> }> {
  const before = service.waiting()
  const asked = service.app.inject({ url: `/lent${query}`, headers: { cookie: jar.header } })
  const answer = asked.then((given) => jar.take(given))
  await until(() => service.waiting() > before)
  return { answer }
}

export async function until(is: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2000 && !is(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 5))
  if (!is()) throw new Error('waited in vain')
}

interface Seen {
  sub: string | null
  id: string | null
  compte: unknown
  brouillon: unknown
}

export async function espace({ app }: Pick<Service, 'app'>, jar: Jar): Promise<Seen> {
  const answer = await open(app, jar, '/espace')
  if (answer.statusCode !== 200) throw new Error(`/espace answered ${answer.statusCode} ${answer.body}`)
  return answer.json()
}

/** A callback's URL for a citizen of the sandbox, by its place in the list; not opened yet. */
export async function callbackFor(service: Service, sandbox: Sandbox, jar: Jar, citizen = 0, start?: string) {
  const login = await open(service.app, jar, start ?? '/franceconnect/login')
  return sandbox.authorize(String(login.headers.location), sandbox.citizens[citizen]!)
}

export async function logIn(service: Service, sandbox: Sandbox, jar: Jar, citizen = 0) {
  return open(service.app, jar, await callbackFor(service, sandbox, jar, citizen))
}

/** Keys of rows that hold anything of a login, or a session of one. */
export const rowsOf = (rows: Rows) => [...rows.rows].filter(([key]) => !key.startsWith('franceconnect-end-'))
