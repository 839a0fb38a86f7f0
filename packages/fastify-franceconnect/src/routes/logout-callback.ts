import type { FastifyReply, FastifyRequest } from 'fastify'
import type { LogoutLanding } from '../logout/landing.ts'
import type { Logout } from '../logout/logout.ts'

/** FranceConnect's way back after a logout. Whatever its query says, the local login was over before. */
export function logoutCallbackRoute(logout: Logout, landing: LogoutLanding) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    landing.landed(request)
    const { state } = request.query as { state?: unknown }
    return logout.land(request, reply, typeof state === 'string' ? state : '')
  }
}
