import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AnyReply, type AnyRequest, isStranger, takenIn } from 'franceconnect-protocol/incoming'
import { fcDataError } from '../errors.ts'

/** What to answer in place of the page; `null` lets the request through. */
type Check = (request: FastifyRequest, reply: FastifyReply) => Promise<(() => Promise<FastifyReply>) | null>

/** A guard for Fastify and, inside it, for Express and middie, whose own error handlers come first. */
export function passedBy(check: Check) {
  return async (
    given: AnyRequest | IncomingMessage,
    answer: AnyReply | ServerResponse,
    ...[next]: unknown[]
  ): Promise<unknown> => {
    const host = takenIn<FastifyRequest, FastifyReply>(given)
    if (host === undefined && !isStranger(given)) {
      const refuse = await check(given as FastifyRequest, answer as FastifyReply)
      return refuse?.()
    }
    const goOn = next as (error?: unknown) => void
    let refuse: Awaited<ReturnType<Check>>
    try {
      if (host === undefined) throw fcDataError('FST_FC_DATA_INVALID_OPTIONS', stranger)
      refuse = await check(host.request, host.reply)
      await refuse?.()
    } catch (error) {
      return goOn(error)
    }
    if (refuse === null) goOn()
  }
}

const stranger =
  'an Express or middie handler was handed a request that this plugin did not meet; carry it by @fastify/middie or @fastify/express, registered after fastify-fc-data, in its context.'
