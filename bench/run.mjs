// node bench/run.mjs [--rounds=5] [--only=floor,ours,…] [--check] [--no-memory] [--no-growth] [--no-write]
// Every figure is the CPU of the measured server's process, rounds interleaved. --check runs everything once, small.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { pinDriver, pinned } from './harness/child.mjs'
import { growth } from './harness/growth.mjs'
import { measure, memoryOf } from './harness/measure.mjs'
import { report } from './harness/report.mjs'
import { clients, servers } from './harness/stacks.mjs'
import { startProvider } from './harness/world.mjs'

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    check: { type: 'boolean', default: false },
    'no-memory': { type: 'boolean', default: false },
    'no-growth': { type: 'boolean', default: false },
    'no-write': { type: 'boolean', default: false }
  }
})
const small = given.check
const wanted = given.only?.split(',')
const stacks = [...servers, ...clients].filter(({ name }) => !wanted || wanted.includes(name))
const sizes = small
  ? { warm: 20, logins: 512, pages: 100, calls: 100 }
  : { warm: 500, logins: 700, pages: 3000, calls: 1500 }
const readme = new URL('README.md', import.meta.url)
const say = (text) => process.stderr.write(`${text}\n`)

pinDriver()
const started = performance.now()
const provider = await startProvider()
const rounds = []
const memory = {}
const failed = {}

async function attempt(name, work) {
  try {
    return await work()
  } catch (error) {
    failed[name] = error.message
    say(`${name} failed: ${error.message}`)
    return undefined
  }
}

for (let round = 1; round <= (small ? 1 : Number(given.rounds)); round++) {
  const results = {}
  for (const stack of stacks) {
    if (failed[stack.name]) continue
    const result = await attempt(stack.name, () => measure(stack, provider, sizes))
    if (!result) continue
    results[stack.name] = result
    const data = ['data1Us', 'data16Us', 'data128Us', 'data512Us'].map((key) => result[key].toFixed(0)).join('/')
    say(
      `round ${round} ${stack.name}: login ${result.loginUs?.toFixed(0)} page ${result.pageUs?.toFixed(0)} data ${data}`
    )
  }
  rounds.push(results)
}
if (!given['no-memory'])
  for (const stack of stacks.filter(({ bare, name }) => !bare && !failed[name]))
    memory[stack.name] = await attempt(`${stack.name}, memory`, () =>
      memoryOf(stack, provider, small ? 500 : stack.sessionInCookie ? 2000 : 10000)
    )
const grown = small
  ? { sessions: [100, 500], apis: [1, 35], repeats: 1, pages: 500 }
  : { sessions: [100, 1000, 10000], apis: [1, 5, 15, 35], repeats: 5, pages: 2000 }
const grows = given['no-growth'] || failed.ours ? undefined : await attempt('growth', () => growth(provider, grown))
await provider.stop()

const tables = report({
  at: new Date().toISOString().slice(0, 16).replace('T', ' '),
  machine: `Node ${process.version}, ${cpus()[0].model} × ${cpus().length}, ${pinned ? 'server on one core, the rest on another' : 'not pinned'}`,
  rounds,
  memory,
  growth: grows,
  failed,
  seconds: (performance.now() - started) / 1e3
})
console.log(tables)
if (!small && !wanted && !given['no-write']) {
  const text = readFileSync(readme, 'utf8')
  writeFileSync(
    readme,
    text.replace(/(?<=<!-- figures -->\n)[\s\S]*(?=<!-- end of figures -->)/, () => `\n${tables}\n`)
  )
}
process.exit(Object.keys(failed).length > 0 ? 1 : 0)
