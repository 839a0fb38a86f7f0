import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import { withoutRedis } from '../../packages/fastify-franceconnect/test/redis/redis.ts'
import { startRedisRows } from './redis-rows.ts'
import { search, told } from './run.ts'
import { tallied } from './tally.ts'
import { createWorld, processes } from './world.ts'

for (const hosted of [false, true]) {
  const name = `${hosted ? 'the host’s own @fastify/session' : 'the plugin’s own session'} in a real Redis`
  t.test(name, { skip: withoutRedis() }, async (t) => {
    const rows = await startRedisRows(processes)
    const world = await createWorld({ plugin: franceConnect, hosted, rows })
    t.teardown(async () => {
      await world.close()
      await rows.close()
    })
    const found = await search(world, { runs: 12 })
    t.equal(told(found), 'nothing is broken')
    t.comment(tallied())
  })
}
