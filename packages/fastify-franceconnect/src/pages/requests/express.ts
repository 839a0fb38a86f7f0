import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AnyReply, AnyRequest } from 'franceconnect-protocol/incoming'
import { isStranger, takenIn } from 'franceconnect-protocol/incoming'
import { failure } from '../../errors.ts'

/** A request of Fastify, or the one that Express and middie are handed. */
export type EitherRequest = AnyRequest | IncomingMessage
export type EitherReply = AnyReply | ServerResponse

/** Fastify's own request and reply. */
export interface Host {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Whether it is Fastify's own, and not what Express and middie are handed. */
export function isFastifys(request: EitherRequest): boolean {
  return takenIn(request) === undefined && !isStranger(request)
}

/** Fastify's own request and reply of what a handler was given. Throws `FST_FC_INVALID_OPTIONS` when they are not known. */
export function hostOf(request: EitherRequest, reply: EitherReply): Host {
  const host = takenIn<FastifyRequest, FastifyReply>(request)
  if (host !== undefined) return host
  if (isStranger(request)) throw failure('FST_FC_INVALID_OPTIONS', stranger)
  return { request: request as FastifyRequest, reply: reply as FastifyReply }
}

const stranger =
  'an Express or middie handler was handed a request whose login is not read; carry it by @fastify/middie or @fastify/express, registered after fastify-franceconnect, in its context.'
