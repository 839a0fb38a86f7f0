import type { FcDataOptions } from 'fastify-fc-data'
import type { FranceConnectOptions } from 'fastify-franceconnect'

/** What an instance is told when it starts: the same for all, their names apart. */
export interface Settings {
  name: string
  redisUrl: string
  franceConnect: FranceConnectOptions
  providers: FcDataOptions['providers']
}
