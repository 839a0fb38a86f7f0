import type { FastifyInstance, FastifyRequest } from 'fastify'
import { carriesMiddlewares, takeIn } from 'franceconnect-protocol/incoming'

const arrived = Symbol('fcData arrived')
type Arriving = FastifyRequest & { [arrived]?: boolean }

/**
 * Marks requests from the moment that their login is read: fastify-franceconnect's hook is before this one. Express and
 * middie read `req.fcData` from here on.
 */
export function marksArrivals(app: FastifyInstance): void {
  app.decorateRequest(arrived, false)
  app.addHook('onRequest', (request: Arriving, reply, done) => {
    request[arrived] = true
    if (carriesMiddlewares(request.server)) takeIn('fcData', request.raw, request, reply)
    done()
  })
}

/** True in the hooks that run before a login could be read. */
export function isEarly(request: Arriving): boolean {
  return request[arrived] === false
}
