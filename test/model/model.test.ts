import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import { JsonRows } from './rows.ts'
import { search, told } from './run.ts'
import { tallied } from './tally.ts'
import { createWorld } from './world.ts'

for (const hosted of [false, true]) {
  t.test(hosted ? 'on the host’s own @fastify/session' : 'on the plugin’s own session', async (t) => {
    const world = await createWorld({ plugin: franceConnect, hosted, rows: new JsonRows().backing })
    t.teardown(() => world.close())
    const found = await search(world, { runs: 50 })
    t.equal(told(found), 'nothing is broken')
    t.comment(tallied())
  })
}

t.test('the same seed tells the same story', async (t) => {
  const world = await createWorld({ plugin: franceConnect, hosted: false, rows: new JsonRows().backing })
  t.teardown(() => world.close())
  const story: string[] = []
  world.trace = (command) => {
    const waits = world.gates.pending.map(({ visit, what }) => `${visit?.id} ${what.split(' ')[0]}`)
    const statuses = world.visits.map(({ status }) => status)
    story.push(`${command}: ${waits.join()} ${statuses.join()}`)
  }
  const { seed } = await search(world, { runs: 10 })
  const first = story.splice(0)
  await search(world, { runs: 10, seed })
  t.ok(first.length > 0)
  t.strictSame(story, first)
  t.comment(`seed ${seed}; ${tallied()}`)
})
