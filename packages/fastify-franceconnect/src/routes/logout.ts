import type { FastifyReply, FastifyRequest } from 'fastify'
import { failure } from '../errors.ts'
import type { Logout } from '../logout/logout.ts'
import { mayChange } from '../pages/requests/site.ts'

/** `GET` or `POST logout?returnTo=/path`; a form may carry `returnTo` as a field. */
export function logoutRoute(logout: Logout, baseUrl: string) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (!mayChange(request, baseUrl)) throw failure('FST_FC_LOGOUT_REFUSED', 'nobody may have meant it')
    const returnTo =
      (request.query as { returnTo?: unknown }).returnTo ?? (request.body as { returnTo?: unknown } | null)?.returnTo
    return logout.start(request, reply, typeof returnTo === 'string' ? { returnTo } : {})
  }
}
