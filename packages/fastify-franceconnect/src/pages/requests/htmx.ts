import type { FastifyReply, FastifyRequest } from 'fastify'
import { headerOf } from './asked.ts'
import { kindOf } from './kind.ts'

/**
 * htmx asks by script and puts the answer in the page: a header of it, whatever its status, takes the window elsewhere
 * (https://htmx.org/headers/hx-redirect). Other clients do not know it.
 */
export function takeWindow(request: FastifyRequest, reply: FastifyReply, url: string): void {
  if (headerOf(request, 'hx-request') === 'true' && kindOf(request) === 'script') reply.header('hx-redirect', url)
}
