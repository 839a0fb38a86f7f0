import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import { usual, type Weights } from './commands.ts'
import { faults, withFault } from './planted.ts'
import { JsonRows } from './rows.ts'
import { search, told } from './run.ts'
import type { Plugin } from './services.ts'
import { tallied } from './tally.ts'
import { createWorld } from './world.ts'

/** Says that a row is gone, and keeps it. */
class Keeper extends JsonRows {
  override destroy(_key: string, done: (error: unknown) => void): void {
    done(null)
  }
}

/** Of which each fault needs a part. */
const runs = 120

function finds(name: string, breaks: string, weights: Weights, pluginOf: () => Promise<Plugin>, rows = new JsonRows()) {
  t.test(`the model finds ${name}`, async (t) => {
    const plugin = await pluginOf()
    // a fault that the store tells too must be seen by what the browser is shown
    const kept = breaks.startsWith('store') ? () => rows.kept() : null
    const world = await createWorld({ plugin, hosted: false, rows: { ...rows.backing, kept } })
    t.teardown(() => world.close())
    const found = await search(world, { runs, weights: { ...usual, ...weights } })
    t.match(told(found), new RegExp(`^seed \\d+: ${breaks}`), `what begins with "${breaks}" is broken`)
    t.comment(`after ${found.runs} runs; ${tallied()}`)
  })
}

for (const [name, { breaks, weights = {} }] of Object.entries(faults))
  finds(name, breaks, weights, () => withFault(name))
finds('a store that destroys nothing', 'logout:', {}, async () => franceConnect, new Keeper())
