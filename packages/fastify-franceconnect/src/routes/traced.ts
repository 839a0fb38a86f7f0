import type { FastifyReply, FastifyRequest } from 'fastify'
import type { StartLogin } from '../login/login-start.ts'
import type { Settings } from '../options/options.ts'
import { traced } from '../protocol/steps.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** The callback's handler, as a step that subscribers see. */
export function tracedCallback({ platform }: Settings, handler: Handler): Handler {
  return (request, reply) => traced('callback', platform, () => handler(request, reply))
}

/** What starts a login, as a step that subscribers see. */
export function tracedStart({ platform }: Settings, start: StartLogin): StartLogin {
  return (request, reply, options) => traced('start', platform, () => start(request, reply, options))
}
