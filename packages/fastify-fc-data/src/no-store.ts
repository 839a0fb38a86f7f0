import type { FastifyInstance, FastifyRequest } from 'fastify'

const read = Symbol('fcData read')
type Reader = FastifyRequest & { [read]?: true }

/** Marks a request whose answer may show a citizen's data. */
export function showsData(request: Reader): void {
  request[read] = true
}

/** Such an answer is kept by no cache. */
export function neverStored(app: FastifyInstance): void {
  app.addHook('onSend', async (request: Reader, reply) => {
    if (request[read]) reply.header('cache-control', 'no-store')
  })
}
