import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type franceConnect from 'fastify-franceconnect'
import type { Login, SessionStore } from 'fastify-franceconnect'
import { clientId, clientSecret } from '../hostile/provider.ts'
import type { GatedProvider } from './provider.ts'

export type Plugin = typeof franceConnect

export const baseUrl = 'http://localhost:3000'
const secrets = ['first-secret-of-the-model-0123456789', 'second-secret-of-the-model-0123456789'] as const
/** A rotation that logs nobody out, in two steps: every process accepts the new secret before one signs by it. */
const stages = [[secrets[0]], [secrets[0], secrets[1]], [secrets[1], secrets[0]]] as const
export const lastStage = stages.length - 1

export const sessionMaxAge = 3600
export const idleTimeout = 1200

export interface ServiceParts {
  plugin: Plugin
  provider: GatedProvider
  store: SessionStore
  /** The host has its own @fastify/session, with its defaults. */
  hosted: boolean
  onLogin(request: FastifyRequest, reply: FastifyReply, login: Login): Promise<unknown>
  /** The application's own work takes its time. */
  work(what: string): Promise<void>
}

/** What a page shows: who is there, and whose the notes in the session are. */
export interface Report {
  id: string | null
  sub: string | null
  notes: string[]
}

/** One process of the service, at one stage of the rotation. */
export async function startService(parts: ServiceParts, stage: number): Promise<FastifyInstance> {
  const { plugin, provider, store, hosted, work } = parts
  const app = Fastify()
  if (hosted) {
    await app.register(fastifyCookie)
    await app.register(fastifySession, {
      secret: 'the-secret-of-the-host-0123456789-0123456789',
      cookie: { secure: false },
      store
    })
  }
  await app.register(plugin, {
    ...{ issuer: provider.issuer, dispatcher: provider.dispatcher, clientId, clientSecret, baseUrl },
    ...{ secret: stages[stage]!, sessionMaxAge, idleTimeout, onLogin: parts.onLogin, timeout: 4000 },
    acrValues: 'eidas2',
    ...(hosted ? {} : { session: { store } })
  })

  const notes = (request: FastifyRequest) => Object(request.session) as Record<string, unknown>
  const report = (request: FastifyRequest): Report => ({
    id: request.franceConnect?.id ?? null,
    sub: request.franceConnect?.sub ?? null,
    notes: Object.entries(notes(request)).flatMap(([key, owner]) => (key.startsWith('note') ? [String(owner)] : []))
  })

  app.get('/read', async (request) => report(request))
  app.get('/slow/read', async (request) => {
    const before = report(request)
    await work('page')
    return before
  })
  for (const path of ['/write', '/slow/write'])
    app.get<{ Querystring: { who: string } }>(path, async (request) => {
      const before = report(request)
      if (path !== '/write') await work('page')
      Object.assign(notes(request), { [`note${before.sub === null ? 0 : 1}`]: before.sub ?? request.query.who })
      return before
    })
  app.get('/high', { preHandler: app.franceConnect.requireLogin({ acrValues: 'eidas3' }) }, async (request) =>
    report(request)
  )
  app.get('/destroy', async (request) => {
    const before = report(request)
    await request.session.destroy()
    return before
  })
  app.get('/regenerate', async (request) => {
    const before = report(request)
    await request.session.regenerate(['note0', 'note1'] as never)
    return before
  })
  await app.ready()
  return app
}
