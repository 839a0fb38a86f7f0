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
      cold: 20,
      warmLogins: 20,
      warmPages: 40,
      logins: 40,
      pages: 40,
      calls: 40,
      few: 20,
      many: 60,
      heldLogins: 40,
      heap: 200
    }
  : {
      ...{ cold: 300, warmLogins: 3000, warmPages: 8000, logins: 1500, pages: 8000, calls: 1500 },
      ...{ few: 100, many: 10000, heldLogins: 1000, heap: 10000 }
    }

pinDriver()
const started = performance.now()
const provider = await startProvider()
const rounds = []
for (let number = 1; number <= (small ? 1 : Number(given.rounds)); number++) {
  const memory = given.part === 'redis' ? {} : await inMemory(stacks, provider, sizes)
  const redis =
    given.part === 'memory'
      ? {}
      : await onRedis(
          stacks.filter((stack) => stack.redis),
          provider,
          sizes
        )
  const round = Object.fromEntries(stacks.map(({ name }) => [name, { ...memory[name], ...redis[name] }]))
  rounds.push(round)
  for (const { name } of stacks) {
    const told = Object.entries(round[name]).filter(([key]) => /(?<!Wall)Us$/.test(key))
    process.stderr.write(`${number} ${name}: ${told.map(([key, n]) => `${key} ${n.toFixed(0)}`).join(', ')}\n`)
  }
  if (number === 1 && !given.part)
    for (const stack of stacks.filter(({ sessionInCookie }) => !sessionInCookie))
      round[stack.name].heapBytes = await memoryOf(stack, provider, sizes.heap)
}
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
