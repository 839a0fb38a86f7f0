import type { FastifyInstance, FastifyRequest } from 'fastify'

const arrived = Symbol('fcData arrived')
type Arriving = FastifyRequest & { [arrived]?: boolean }

/** Marks requests from the moment that their login is read: fastify-franceconnect's hook is before this one. */
export function marksArrivals(app: FastifyInstance): void {
  app.decorateRequest(arrived, false)
  app.addHook('onRequest', (request: Arriving, _reply, done) => {
    request[arrived] = true
    done()
  })
}

/** True in the hooks that run before a login could be read. */
export function isEarly(request: Arriving): boolean {
  return request[arrived] === false
}
