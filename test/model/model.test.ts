import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import { JsonRows } from './rows.ts'
import { search, told } from './run.ts'
import { tallied } from './tally.ts'
import { createWorld } from './world.ts'

for (const hosted of [false, true]) {
  t.test(hosted ? 'on the host’s own @fastify/session' : 'on the plugin’s own session', async (t) => {
    const rows = new JsonRows()
    const clear = () => rows.rows.clear()
    const world = await createWorld({ plugin: franceConnect, hosted, store: rows, kept: () => rows.kept(), clear })
    t.teardown(() => world.close())
    const found = await search(world, { runs: 100 })
    t.equal(told(found), 'nothing is broken')
    t.comment(tallied())
  })
}
