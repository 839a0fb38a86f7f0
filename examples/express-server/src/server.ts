import middie from '@fastify/middie'
import Fastify from 'fastify'
import fcData, { type FcDataOptions } from 'fastify-fc-data'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'
import { buildService } from './after.ts'
import type { Mediatheque } from './mediatheque.ts'

export interface ServerOptions {
  mediatheque: Mediatheque
  secret: string
  franceConnect: FranceConnectOptions
  fcData: FcDataOptions
}

/** FranceConnect in front, the Express service behind it. */
export async function buildServer({ mediatheque, secret, ...options }: ServerOptions) {
  const server = Fastify()
  await server.register(franceConnect, options.franceConnect)
  await server.register(fcData, options.fcData)
  // a context of its own: the service's last handler, « page introuvable », would take FranceConnect's routes too
  await server.register(async (scope) => {
    await scope.register(middie)
    scope.use(buildService({ mediatheque, secret, franceConnect: server.franceConnect, fcData: server.fcData }))
    scope.all('/*', (_request, reply) => reply.callNotFound())
  })
  return server
}
