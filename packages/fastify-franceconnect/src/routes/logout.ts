import type { FastifyReply, FastifyRequest } from 'fastify'
import { failure } from '../errors.ts'
import type { Logout } from '../logout.ts'
import { isFromElsewhere, isPrefetch } from '../navigation.ts'

/** `GET` or `POST logout?returnTo=/path`; a form may carry `returnTo` as a field. */
export function logoutRoute(logout: Logout, baseUrl: string) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (isPrefetch(request)) throw failure('FST_FC_LOGOUT_REFUSED', 'a prefetch')
    if (isFromElsewhere(request, baseUrl)) throw failure('FST_FC_LOGOUT_REFUSED', 'another site')
    const returnTo =
      (request.query as { returnTo?: unknown }).returnTo ?? (request.body as { returnTo?: unknown } | null)?.returnTo
    return logout.start(request, reply, typeof returnTo === 'string' ? { returnTo } : {})
  }
}
