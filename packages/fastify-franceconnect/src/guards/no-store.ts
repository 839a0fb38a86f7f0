import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { carriesMiddlewares, takeIn } from 'franceconnect-protocol/incoming'
import { framed, neverStored, saysPast, variesByCookie, withCookie } from 'franceconnect-protocol/no-store'
import type { Login } from '../session/login.ts'
import type { Sessions } from '../session/sessions.ts'
import { withLoginUrl } from './challenge.ts'

const looked = Symbol('franceconnect.looked')
const answer = Symbol('franceconnect.answer')
type Looker = FastifyRequest & { [looked]?: 'nobody' | 'somebody' | null; [answer]?: FastifyReply['raw'] | null }

/**
 * `request.franceConnect`, read when somebody looks, by Express and middie as `req.franceConnect`; a page that showed an
 * identity is never kept by a cache. The headers are set over what a route set, and on Node's own answer when
 * something is sent past Fastify; at once where middlewares of others send.
 */
export function decorateLogin(app: FastifyInstance, sessions: Sessions): void {
  app.decorateRequest('franceConnect', {
    getter(this: Looker): Login | null {
      const login = sessions.current(this)?.login ?? null
      note(this, login === null ? 'nobody' : 'somebody')
      return login
    }
  })
  app.decorateRequest(looked, null)
  app.decorateRequest(answer, null)
  app.addHook('onRequest', (request: Looker, reply, done) => {
    request[answer] = reply.raw
    if (carriesMiddlewares(request.server)) takeIn('franceConnect', request.raw, request, reply)
    done()
  })
  app.addHook('onSend', (request: Looker, reply, payload, done) => {
    if (request[looked] === 'somebody') reply.header('cache-control', 'no-store')
    if (request[looked]) {
      reply.header('vary', withCookie(reply.getHeader('vary')))
      if (!carriesMiddlewares(request.server)) framed(reply.raw)
    }
    done(null, withLoginUrl(request, payload))
  })
}

/** What a guard let through is kept by no cache, whether or not the route looks at the login. */
export function neverKept(request: FastifyRequest): void {
  note(request, 'somebody')
}

function note(request: Looker, seen: 'nobody' | 'somebody'): void {
  if (request[looked] === 'somebody' || request[looked] === seen) return
  request[looked] = seen
  const raw = request[answer]
  if (!raw) return
  if (!carriesMiddlewares(request.server)) saysPast(raw, seen === 'somebody')
  else if (seen === 'somebody') neverStored(raw, true)
  else variesByCookie(raw)
}
