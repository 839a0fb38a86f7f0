import type { FastifyInstance, FastifyRequest } from 'fastify'
import { withLoginUrl } from './challenge.ts'
import type { Login } from './login.ts'
import type { Sessions } from './session/sessions.ts'

const looked = Symbol('franceconnect.looked')
type Looker = FastifyRequest & { [looked]?: 'nobody' | 'somebody' | null }

/** `request.franceConnect`, read when somebody looks; a page that showed an identity is never kept by a cache. */
export function decorateLogin(app: FastifyInstance, sessions: Sessions): void {
  app.decorateRequest('franceConnect', {
    getter(this: Looker): Login | null {
      const login = sessions.current(this)?.login ?? null
      this[looked] = login === null ? 'nobody' : 'somebody'
      return login
    }
  })
  app.decorateRequest(looked, null)
  app.addHook('onSend', (request: Looker, reply, payload, done) => {
    if (request[looked] === 'somebody') reply.header('cache-control', 'no-store')
    if (request[looked]) reply.header('vary', vary(reply.getHeader('vary')))
    done(null, withLoginUrl(request, payload))
  })
}

function vary(before: unknown): string {
  if (before === undefined) return 'Cookie'
  const names = String(before)
  if (/(^|,)\s*(cookie|\*)\s*(,|$)/i.test(names)) return names
  return names === '' ? 'Cookie' : `${names}, Cookie`
}
