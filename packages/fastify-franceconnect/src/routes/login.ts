import type { FastifyReply, FastifyRequest } from 'fastify'
import type { StartLogin } from '../login/login-start.ts'
import { isPrefetch } from '../navigation.ts'

/** `GET login?returnTo=/path`: nothing else of the query is read. */
export function loginRoute(login: StartLogin) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (isPrefetch(request)) return reply.code(425).header('cache-control', 'no-store').send()
    const { returnTo } = request.query as { returnTo?: unknown }
    return login(request, reply, typeof returnTo === 'string' ? { returnTo } : {})
  }
}
