import t from 'tap'
import { usual } from './commands.ts'
import { faults, withFault } from './planted.ts'
import { JsonRows } from './rows.ts'
import { search, told } from './run.ts'
import { tallied } from './tally.ts'
import { createWorld } from './world.ts'

/** Of which each fault needs a part. */
const runs = 150

for (const [name, { breaks, weights }] of Object.entries(faults)) {
  t.test(`the model finds ${name}`, async (t) => {
    const plugin = await withFault(name)
    const rows = new JsonRows()
    // a fault that the store tells too must be seen by what the browser is shown
    const kept = breaks.startsWith('store') ? () => rows.kept() : null
    const world = await createWorld({ plugin, hosted: false, store: rows, kept, clear: () => rows.rows.clear() })
    t.teardown(() => world.close())
    const found = await search(world, { runs, weights: { ...usual, ...weights } })
    t.match(told(found), new RegExp(`^seed \\d+: ${breaks}`), `what begins with "${breaks}" is broken`)
    t.comment(`after ${found.runs} runs; ${tallied()}`)
  })
}
