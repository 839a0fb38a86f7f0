import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sealer } from 'franceconnect-protocol/seal'
import type { Settings } from '../options/options.ts'
import { attributesOf, cookieName } from '../session/attributes.ts'

/** The ID Token of a logout that failed half-way: FranceConnect's session can still be ended at the next try. */
export interface PendingEnd {
  keep(reply: FastifyReply, idToken: string): void
  read(request: FastifyRequest): string | null
  clear(request: FastifyRequest, reply: FastifyReply): void
}

/** Seconds: FranceConnect's own session lasts as long. */
const life = 1800

/** A cookie of its own, only while a logout is half done: FranceConnect+'s ID Token takes more than 2 KB. */
export function createPendingEnd(settings: Settings, sealer: Sealer): PendingEnd {
  const name = cookieName(`fc-ending-${settings.mark}`, settings.secure)
  const cookie = attributesOf(settings.secure)
  return {
    keep: (reply, idToken) =>
      void reply.setCookie(name, sealer.seal(idToken, 'ending'), attributesOf(settings.secure, undefined, life)),
    read(request) {
      const value = request.cookies[name]
      return value === undefined ? null : sealer.unseal(value, 'ending')
    },
    clear(request, reply) {
      if (request.cookies[name] !== undefined) reply.clearCookie(name, cookie)
    }
  }
}
