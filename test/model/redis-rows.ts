import { RedisStore } from 'connect-redis'
import type { SessionStore } from 'fastify-franceconnect'
import { createClient } from 'redis'
import { startRedis } from '../../packages/fastify-franceconnect/test/redis/redis.ts'
import type { Backing, Kept } from './rows.ts'

/** A Redis of its own, which each process reaches by a connection of its own. */
export interface RedisRows extends Backing {
  close(): Promise<void>
}

/** Redis has its own clock: what is left of each key's time is shortened by what passed here. */
const shorten = `
for _, key in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', key)
  if left >= 0 then redis.call('PEXPIRE', key, math.max(0, left - tonumber(ARGV[1]))) end
end`

export async function startRedisRows(processes: number): Promise<RedisRows> {
  const redis = await startRedis()
  const connect = async () => await createClient({ url: redis.url }).connect()
  const own = await connect()
  const clients = await Promise.all(Array.from({ length: processes }, connect))
  const stores = clients.map((client) => new RedisStore({ client, prefix: '' }) as unknown as SessionStore)

  async function untilOf(key: string): Promise<Kept> {
    const left = await own.pTTL(key)
    return { key, until: left < 0 ? null : Date.now() + left }
  }

  return {
    store: (process) => stores[process]!,
    kept: async () => Promise.all((await own.keys('*')).map(untilOf)),
    clear: async () => void (await own.flushAll()),
    passed: async (milliseconds) => void (await own.eval(shorten, { arguments: [String(milliseconds)] })),
    async close() {
      await Promise.all([own, ...clients].map((client) => client.close()))
      await redis.stop()
    }
  }
}
