import type { FastifyReply, FastifyRequest } from 'fastify'
import { type EitherReply, type EitherRequest, hostOf, isFastifys } from '../pages/requests/express.ts'

/** What goes on with an Express request, or with its error. */
export type Next = (error?: unknown) => void

/** What to answer in place of the page; `null` lets the request through. */
type Check = (request: FastifyRequest, reply: FastifyReply) => (() => Promise<FastifyReply>) | null

/**
 * A guard for Fastify and, inside it, for Express and middie: what is not let through is answered by Fastify, whose
 * error handler comes after the application's own.
 */
export function passedBy(check: Check) {
  return async (given: EitherRequest, answer: EitherReply, ...[next]: unknown[]): Promise<unknown> => {
    if (isFastifys(given)) return check(given as FastifyRequest, answer as FastifyReply)?.()
    const goOn = next as Next
    let refuse: ReturnType<Check>
    try {
      const { request, reply } = hostOf(given, answer)
      refuse = check(request, reply)
      await refuse?.()
    } catch (error) {
      return goOn(error)
    }
    if (refuse === null) goOn()
  }
}
