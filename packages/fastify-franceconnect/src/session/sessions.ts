import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { beforeHead } from 'franceconnect-protocol/no-store'
import type { Sealer } from 'franceconnect-protocol/seal'
import type { Settings } from '../options/options.ts'
import { type Claims, createClaims } from './claims.ts'
import { createEnding, type Ended, type Ending } from './ending.ts'
import { createEstablish, type Establish } from './establish.ts'
import { createKeeping, type Keeping } from './keeping.ts'
import { createMeeting } from './meeting.ts'
import type { OpenedLogin } from './record.ts'
import { setUpSession } from './setup.ts'

export interface Sessions extends Ending, Establish {
  claims: Claims
  /** The login of this request; `null` when there is none or it is over. */
  current(request: FastifyRequest): OpenedLogin | null
  /** Whether the session's cookie is sent to this page: where it is not, nobody is ever seen logged in. */
  reaches(request: FastifyRequest): boolean
}

/** The login of each request, and the session bound to it. `ended` is told the id of each login that is over. */
export async function createSessions(
  app: FastifyInstance,
  settings: Settings,
  sealer: Sealer,
  ended: Ended
): Promise<Sessions> {
  let meet: ReturnType<typeof createMeeting> | null = null
  // before @fastify/session's own hook: both rows are asked at once
  const early = (request: FastifyRequest) => meet?.ask(request)
  const setup = await setUpSession(app, settings, early)
  const keeping: Keeping = createKeeping(app, settings, sealer, setup)
  const ending = createEnding(keeping, settings.mark, ended)
  meet = createMeeting(keeping, ending, settings)
  keeping.carried.decorate(app)
  meet.decorate(app)
  app.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => meet!.meet(request, reply, done))
  if (settings.idleTimeout !== null) {
    app.addHook('onSend', (request, reply, _payload, done) => {
      keeping.seen.renew(request, reply)
      done()
    })
    app.addHook('onRequest', (request, reply, done) => {
      beforeHead(reply.raw, (raw) => {
        const cookie = keeping.seen.renewal(request)
        if (cookie !== null) raw.appendHeader('set-cookie', cookie)
      })
      done()
    })
  }
  app.addHook('onReady', async () => {
    const store = setup.own === null ? setup.hostStore(app) : null
    if (store !== null) meet?.join(store)
  })
  const establish = createEstablish(keeping, ending, settings)
  // nothing tells another process that shares this one's memory
  const shared = setup.own === null || settings.session?.store !== undefined
  const claims = createClaims(keeping, settings.timeout * 2 + 60_000, shared)
  return {
    ...ending,
    ...establish,
    claims,
    current: (request) => keeping.carried.open(request),
    // a session that the application destroyed, or a URL that is whole, says nothing of the path
    reaches: (request) =>
      keeping.door.of(request) === null || keeping.door.covers(request) || !request.raw.url?.startsWith('/')
  }
}
