import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import { JsonRows } from './rows.ts'
import { search, tallied, told } from './run.ts'
import { createWorld } from './world.ts'

for (const hosted of [false, true]) {
  t.test(hosted ? 'on the host’s own @fastify/session' : 'on the plugin’s own session', async (t) => {
    const rows = new JsonRows()
    const clear = async () => rows.rows.clear()
    const world = await createWorld({ plugin: franceConnect, hosted, store: rows, kept: () => rows.kept(), clear })
    t.teardown(() => world.close())
    const found = await search(world, 150)
    t.notOk(found.failed, told(found))
    t.comment(`${found.numRuns} runs, ${tallied()}`)
  })
}
