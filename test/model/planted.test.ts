import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import { faults, withFault } from './planted.ts'
import { JsonRows } from './rows.ts'
import { search, told } from './run.ts'
import type { Plugin } from './services.ts'
import { createWorld } from './world.ts'

/** Of which each fault needs a part. */
const runs = 300

/** Says that a row is gone, and keeps it. */
class Keeper extends JsonRows {
  override destroy(_key: string, done: (error: unknown) => void): void {
    done(null)
  }
}

function finds(name: string, breaks: string, pluginOf: () => Promise<Plugin>, rows = new JsonRows()): void {
  t.test(`the model finds ${name}`, { timeout: 90_000 }, async (t) => {
    const clear = () => rows.rows.clear()
    const plugin = await pluginOf()
    const world = await createWorld({ plugin, hosted: false, store: rows, kept: () => rows.kept(), clear })
    t.teardown(() => world.close())
    const found = await search(world, { runs })
    t.match(told(found), new RegExp(`Error: ${breaks}`), `what begins with "${breaks}" is broken`)
    t.comment(`after ${found.runs} runs`)
  })
}

for (const [name, { breaks }] of Object.entries(faults)) finds(name, breaks, () => withFault(name))
finds('a store that destroys nothing', 'logout:', async () => franceConnect, new Keeper())
