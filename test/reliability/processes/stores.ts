import session from '@fastify/session'
import connectPgSimple from 'connect-pg-simple'
import { RedisStore } from 'connect-redis'
import type { FcDataStore } from 'fastify-fc-data'
import pg from 'pg'
import { createClient, createSentinel } from 'redis'
import { followCluster } from './cluster-client.ts'
import type { StoreSettings } from './settings.ts'

/** What the commands of a client have in common, on one Redis as on a cluster. */
interface Commands {
  get(key: string): Promise<unknown>
  set(key: string, value: string, options?: object): Promise<unknown>
  del(key: string | string[]): Promise<unknown>
}

export interface Stores {
  sessions: object
  /** Of answers of data providers; in memory where it is not given. */
  held?: FcDataStore
}

const settings = { disableOfflineQueue: true, socket: { reconnectStrategy: 100, connectTimeout: 1000 } }

/** Where a service keeps what it keeps. */
export async function openStores(store: StoreSettings): Promise<Stores> {
  if (store.kind === 'postgres') return { sessions: postgres(store.url) }
  if (store.kind === 'cluster') {
    const cluster = await followCluster(store.urls)
    return inRedis(() => cluster() as unknown as Commands)
  }
  if (store.kind === 'sentinel') {
    const nodes = store.ports.map((port) => ({ host: '127.0.0.1', port }))
    const sentinel = createSentinel({ name: 'primary', sentinelRootNodes: nodes, nodeClientOptions: settings })
    await sentinel.on('error', () => {}).connect()
    return inRedis(() => sentinel as unknown as Commands)
  }
  const redis = createClient({ url: store.url, ...settings })
  await redis.on('error', () => {}).connect()
  return inRedis(() => redis as unknown as Commands)
}

function inRedis(now: () => Commands): Stores {
  const client: Commands = {
    get: (key) => now().get(key),
    set: (key, value, options) => now().set(key, value, options),
    del: (key) => now().del(key)
  }
  return {
    sessions: new RedisStore({ client, prefix: 'session:' } as ConstructorParameters<typeof RedisStore>[0]),
    held: {
      get: async (key) => (await client.get(`data:${key}`)) as string | null,
      set: async (key, value, seconds) => void (await client.set(`data:${key}`, value, { EX: seconds })),
      delete: async (key) => void (await client.del(`data:${key}`))
    }
  }
}

function postgres(url: string): object {
  const pool = new pg.Pool({ connectionString: url, max: 8, connectionTimeoutMillis: 1000 })
  pool.on('error', () => {})
  const PgStore = connectPgSimple(session as never)
  return new PgStore({ pool, createTableIfMissing: true, pruneSessionInterval: false })
}
