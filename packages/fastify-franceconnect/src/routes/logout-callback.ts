import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logout } from '../logout/logout.ts'

/** FranceConnect's way back after a logout. Whatever its query says, the local login was over before. */
export function logoutCallbackRoute(logout: Logout) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { state } = request.query as { state?: unknown }
    return logout.land(request, reply, typeof state === 'string' ? state : '')
  }
}
