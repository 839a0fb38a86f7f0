import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { takenIn } from 'franceconnect-protocol/incoming'
import { neverStored as neverCached } from 'franceconnect-protocol/no-store'

const read = Symbol('fcData read')
type Reader = FastifyRequest & { [read]?: boolean }

/** Marks a request whose answer may show a citizen's data. */
export function showsData(request: Reader): void {
  if (request[read]) return
  request[read] = true
  const host = takenIn<unknown, FastifyReply>(request.raw)
  if (host) neverCached(host.reply.raw, true)
}

/** Such an answer is kept by no cache. */
export function neverStored(app: FastifyInstance): void {
  app.decorateRequest(read, false)
  app.addHook('onSend', (request: Reader, reply, payload, done) => {
    if (request[read]) reply.header('cache-control', 'no-store')
    done(null, payload)
  })
}
