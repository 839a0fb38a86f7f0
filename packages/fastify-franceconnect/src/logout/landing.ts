import type { FastifyRequest } from 'fastify'
import type { Settings } from '../options/options.ts'

/** Sees a logout that lands on a page which demands a login: the citizen is at FranceConnect again, as if nothing was. */
export interface LogoutLanding {
  /** A browser comes back from FranceConnect's end of session. */
  landed(request: FastifyRequest): void
  /** A guard asks this request for a login. Logs once. */
  challenged(request: FastifyRequest): void
}

const seconds = 30
const most = 200

export function createLogoutLanding({ postLogoutReturnTo }: Settings): LogoutLanding {
  const path = postLogoutReturnTo.split(/[?#]/, 1)[0]
  const landings = new Map<string, number>()
  let said = false
  // enough to tell browsers apart for half a minute
  const browserOf = (request: FastifyRequest) => `${request.ip} ${request.headers['user-agent'] ?? ''}`
  return {
    landed(request) {
      if (said) return
      const [oldest] = landings.keys()
      if (landings.size >= most && oldest !== undefined) landings.delete(oldest)
      landings.set(browserOf(request), performance.now())
    },
    challenged(request) {
      if (said || request.url.split('?', 1)[0] !== path) return
      const at = landings.get(browserOf(request))
      if (at === undefined || performance.now() - at > seconds * 1000) return
      said = true
      landings.clear()
      request.log.warn(
        `after a logout the citizen lands on ${path}, which demands a login, and is sent to FranceConnect again; give option "postLogoutReturnTo" a page that anybody may open.`
      )
    }
  }
}
