import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Settings } from './options.ts'
import { ownCookie } from './own-cookie.ts'
import type { Sealer } from './seal.ts'

/** The mark of a page that a login came back to. */
export interface Returning {
  /** At the callback of a login with needs: the browser carries the mark to the page. */
  mark(reply: FastifyReply, returnTo: string): void
  /** Whether this request is that page, opened for the first time; the mark is used up. */
  isBack(request: FastifyRequest, reply: FastifyReply): boolean
}

const seconds = 60
const answered = Symbol('franceconnect.returning')

export function createReturning(settings: Settings, sealer: Sealer): Returning {
  const name = `${settings.secure ? '__Host-' : ''}fc-back-${settings.mark}`
  const cookie = ownCookie(settings)
  const pageOf = (url: string) => hash('sha256', url.split('#', 1)[0]!)

  function opens(request: FastifyRequest, reply: FastifyReply): boolean {
    const value = request.cookies[name]
    if (value === undefined) return false
    const opened = sealer.unseal(value, 'returning', pageOf(request.url))
    if (opened === null) return false
    reply.clearCookie(name, cookie)
    return Number(opened) + seconds * 1000 > Date.now()
  }

  return {
    mark(reply, returnTo) {
      const value = sealer.seal(String(Date.now()), 'returning', pageOf(returnTo))
      reply.setCookie(name, value, { ...cookie, maxAge: seconds })
    },
    isBack(request: FastifyRequest & { [answered]?: boolean }, reply) {
      request[answered] ??= opens(request, reply)
      return request[answered]
    }
  }
}
