// node bench/production.mjs [--rounds=5] [--only=floor,ours,…] [--part=memory|redis] [--check] [--no-write]
// As production is: warm, many citizens, a real Redis. Prints the goals, and rewrites them in README.md after a whole run.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { pinDriver, pinned } from './harness/child.mjs'
import { figuresTable, goalsTable } from './harness/goals.mjs'
import { memoryOf } from './harness/measure.mjs'
import { inMemory, onRedis } from './harness/production.mjs'
import { inProduction } from './harness/stacks.mjs'
import { startProvider } from './harness/world.mjs'

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    check: { type: 'boolean', default: false },
    part: { type: 'string' },
    'no-write': { type: 'boolean', default: false }
  }
})
const small = given.check
const wanted = given.only?.split(',')
const stacks = inProduction.filter(({ name }) => !wanted || wanted.includes(name))
const sizes = small
  ? {
      ...{ rounds: 1, cold: 20, warmLogins: 20, warmPages: 40, logins: 48, pages: 160, calls: 48 },
      ...{ few: 20, many: 60, held: 40, heap: 200 }
    }
  : {
      ...{ rounds: Number(given.rounds), cold: 300, warmLogins: 3000, warmPages: 8000 },
      ...{ logins: 960, pages: 4800, calls: 960, few: 100, many: 10000, held: 4000, heap: 10000 }
    }

pinDriver()
const started = performance.now()
const say = (text) => process.stderr.write(`${((performance.now() - started) / 1e3).toFixed(0)} s: ${text}\n`)
const provider = await startProvider()
const none = Array.from({ length: sizes.rounds }, () => ({}))
const memory = given.part === 'redis' ? none : await inMemory(stacks, provider, sizes)
say('memory done')
const inRedis = stacks.filter(({ redis }) => redis)
const redis = given.part === 'memory' ? none : await onRedis(inRedis, provider, sizes)
say('Redis done')
const rounds = memory.map((round, number) =>
  Object.fromEntries(stacks.map(({ name }) => [name, { ...round[name], ...redis[number][name] }]))
)
if (!given.part)
  for (const stack of stacks.filter(({ sessionInCookie }) => !sessionInCookie))
    rounds[0][stack.name].heapBytes = await memoryOf(stack, provider, sizes.heap)
await provider.stop()

const machine = `Node ${process.version}, ${cpus()[0].model} × ${cpus().length}, ${pinned ? 'server on one core, the rest on another' : 'not pinned'}`
const spent = ((performance.now() - started) / 1e3).toFixed(0)
const tables = [
  `${new Date().toISOString().slice(0, 16).replace('T', ' ')}: ${machine}, ${rounds.length} interleaved rounds, ${spent} s.\n`,
  goalsTable(rounds),
  'CPU of the server / wall, in microseconds for one operation; sixteen at once but for the last of them.\n',
  figuresTable(rounds, stacks)
].join('\n')
console.log(tables)
if (!small && !wanted && !given.part && !given['no-write']) {
  const readme = new URL('README.md', import.meta.url)
  const between = /(?<=<!-- production -->\n)[\s\S]*(?=<!-- end of production -->)/
  writeFileSync(
    readme,
    readFileSync(readme, 'utf8').replace(between, () => `\n${tables}\n`)
  )
}
