import type { FastifyInstance, FastifyRequest } from 'fastify'

const read = Symbol('fcData read')
type Reader = FastifyRequest & { [read]?: boolean }

/** Marks a request whose answer may show a citizen's data. */
export function showsData(request: Reader): void {
  request[read] = true
}

/** Such an answer is kept by no cache. */
export function neverStored(app: FastifyInstance): void {
  app.decorateRequest(read, false)
  app.addHook('onSend', (request: Reader, reply, payload, done) => {
    if (request[read]) reply.header('cache-control', 'no-store')
    done(null, payload)
  })
}
