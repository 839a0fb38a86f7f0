import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { urlAsked } from 'franceconnect-protocol/incoming'
import type { Sealer } from 'franceconnect-protocol/seal'
import type { Settings } from '../options/options.ts'
import { attributesOf, cookieName } from '../session/attributes.ts'

/** The mark of a page that a login came back to. */
export interface Returning {
  /** At the callback of a login with needs: the browser carries the mark to the page. */
  mark(reply: FastifyReply, returnTo: string, loginId: string): void
  /** Whether this request is that page, opened for the first time; the mark is used up. */
  isBack(request: FastifyRequest, reply: FastifyReply): boolean
}

const seconds = 60
const answered = Symbol('franceconnect.returning')

export function createReturning(
  settings: Settings,
  sealer: Sealer,
  loginIdOf: (request: FastifyRequest) => string | null
): Returning {
  const name = cookieName(`fc-back-${settings.mark}`, settings.secure)
  const cookie = attributesOf(settings.secure)
  const contextOf = (url: string, loginId: string) => `${loginId}.${hash('sha256', url.split('#', 1)[0]!)}`

  function opens(request: FastifyRequest, reply: FastifyReply): boolean {
    const value = request.cookies[name]
    if (value === undefined) return false
    const loginId = loginIdOf(request)
    const opened = loginId === null ? null : sealer.unseal(value, 'returning', contextOf(urlAsked(request), loginId))
    if (opened === null) return false
    reply.clearCookie(name, cookie)
    return Number(opened) + seconds * 1000 > Date.now()
  }

  return {
    mark(reply, returnTo, loginId) {
      const value = sealer.seal(String(Date.now()), 'returning', contextOf(returnTo, loginId))
      reply.setCookie(name, value, attributesOf(settings.secure, undefined, seconds))
    },
    isBack(request: FastifyRequest & { [answered]?: boolean }, reply) {
      request[answered] ??= opens(request, reply)
      return request[answered]
    }
  }
}
