import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isStranger, type TakenIn, takenIn } from 'franceconnect-protocol/incoming'
import { failure } from '../errors.ts'
import type { AnyReply, AnyRequest } from '../pages/requests/any-server.ts'
import type { Login } from '../session/login.ts'

declare module 'node:http' {
  interface IncomingMessage {
    /** In an Express or middie application inside Fastify: the login of this request, or `null`. */
    franceConnect?: Login | null
  }
}

/** What goes on with an Express request, or with its error. */
export type Next = (error?: unknown) => void

/** A request of Fastify, or the one that Express and middie are handed. */
export type EitherRequest = AnyRequest | IncomingMessage
export type EitherReply = AnyReply | ServerResponse

type Host = TakenIn<FastifyRequest, FastifyReply>

/** What to answer in place of the page; `null` lets the request through. */
type Check = (request: FastifyRequest, reply: FastifyReply) => (() => Promise<FastifyReply>) | null

/** Fastify's own request and reply of what a handler was given. Throws `FST_FC_INVALID_OPTIONS` when they are not known. */
export function hostOf(request: EitherRequest, reply: EitherReply): Pick<Host, 'request' | 'reply'> {
  const host = takenIn<FastifyRequest, FastifyReply>(request)
  if (host !== undefined) return host
  if (isStranger(request)) throw failure('FST_FC_INVALID_OPTIONS', stranger)
  return { request: request as FastifyRequest, reply: reply as FastifyReply }
}

/**
 * A guard for Fastify and, inside it, for Express and middie: what is not let through is answered by Fastify, whose
 * error handler comes after the application's own.
 */
export function passedBy(check: Check) {
  return async (given: EitherRequest, answer: EitherReply, ...[next]: unknown[]): Promise<unknown> => {
    const host = takenIn<FastifyRequest, FastifyReply>(given)
    if (host === undefined && !isStranger(given)) {
      return check(given as FastifyRequest, answer as FastifyReply)?.()
    }
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

const stranger =
  'an Express or middie handler was handed a request whose login is not read; carry it by @fastify/middie or @fastify/express, registered after fastify-franceconnect, in its context.'
