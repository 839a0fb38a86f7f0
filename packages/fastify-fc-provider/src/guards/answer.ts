import type { FastifyReply, FastifyRequest } from 'fastify'
import { type FcProviderError, isFcProviderError } from '../errors.ts'
import type { FcProviderOptions } from '../options/options.ts'
import { recall } from './caller.ts'

/** Answers an error of this package on a guarded route: `{ errors: [{ code, title, detail }] }`, or `onError`. */
export type Answer = (error: FcProviderError, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

export function createAnswer(onError: FcProviderOptions['onError']): Answer {
  async function replaced(error: FcProviderError, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    try {
      return await onError?.(error, request, reply)
    } catch (thrown) {
      request.log.error({ error: (thrown as Error | null)?.name }, 'fcProvider: onError failed')
      return undefined
    }
  }

  return async (error, request, reply) => {
    recall(request)?.access.fail(error)
    reply.code(error.statusCode).headers({ 'cache-control': 'no-store', ...error.headers })
    const answer = await replaced(error, request, reply)
    if (reply.sent) return reply
    if (answer !== undefined && answer !== reply) return reply.send(answer)
    const { code, title, detail } = error
    return reply.type('application/json; charset=utf-8').send(JSON.stringify({ errors: [{ code, title, detail }] }))
  }
}

/** Error handler of a guarded route: what the handler throws of ours is answered alike, the rest goes its way. */
export function createErrorHandler(answer: Answer) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (isFcProviderError(error) && error.statusCode < 500 && recall(request)) return answer(error, request, reply)
    throw error
  }
}
