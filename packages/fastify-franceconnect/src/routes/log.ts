import type { FastifyRequest } from 'fastify'

/** For the log lines of the plugin's own routes: the path without its query, which may hold a code and a state. */
export const logSerializers = {
  req: (request: FastifyRequest) => ({
    method: request.method,
    url: request.url.split('?', 1)[0],
    host: request.host,
    remoteAddress: request.ip,
    remotePort: request.socket?.remotePort
  })
}
