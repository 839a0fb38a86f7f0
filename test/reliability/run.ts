// npm run reliability [-- --long] [-- --soak=300] [-- --only=redis,soak] [-- --no-write]
import { parseArgs } from 'node:util'
import { redisInstalled } from './processes/redis.ts'
import { type Done, tables, writeDocument } from './report.ts'
import type { Scenario } from './scenario.ts'
import { clocksDiffer } from './scenarios/clocks-differ.ts'
import { clusterLosesPrimaries } from './scenarios/cluster.ts'
import { dataProviderHangs } from './scenarios/data-provider-hangs.ts'
import { franceConnectDown } from './scenarios/franceconnect-down.ts'
import { keysRotate } from './scenarios/keys-rotate.ts'
import { loginsNeverReturn } from './scenarios/logins-never-return.ts'
import { nobodyLogsOut } from './scenarios/nobody-logs-out.ts'
import { ownDataProvider } from './scenarios/own-data-provider.ts'
import { postgresRestarts } from './scenarios/postgres-restarts.ts'
import { processDies } from './scenarios/process-dies.ts'
import { redisRestarts } from './scenarios/redis-restarts.ts'
import { rollingRestart, rollingSecret } from './scenarios/rolling.ts'
import { primaryStalls, sentinelPrimaryStalls } from './scenarios/stalled.ts'
import { twoProcesses } from './scenarios/two-processes.ts'
import { soak } from './soak.ts'
import { World } from './world.ts'

const { values: given } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    soak: { type: 'string', default: '300' },
    only: { type: 'string' },
    write: { type: 'boolean', default: true }
  },
  allowNegative: true
})
if (!redisInstalled) {
  console.error('redis-server is not installed: nothing can be tried without it.')
  process.exit(1)
}
const scenarios: Record<string, Scenario> = {
  redis: redisRestarts,
  data: dataProviderHangs,
  franceconnect: franceConnectDown,
  clocks: clocksDiffer,
  keys: keysRotate,
  process: processDies,
  abandoned: loginsNeverReturn,
  memory: nobodyLogsOut,
  two: twoProcesses,
  provider: ownDataProvider,
  stalled: primaryStalls,
  sentinel: sentinelPrimaryStalls,
  cluster: clusterLosesPrimaries,
  postgres: postgresRestarts,
  rolling: rollingRestart,
  secret: rollingSecret
}
const wanted = given.only?.split(',') ?? [...Object.keys(scenarios), 'soak']
const say = (text: string) => process.stderr.write(`${text}\n`)

const done: Done[] = []
for (const name of wanted) {
  const scenario = scenarios[name]
  if (!scenario) continue
  const world = await World.start()
  try {
    say(`${scenario.name}: ${scenario.does}`)
    const outcome = await scenario.run(world, given.long)
    say(`  ${outcome.wrong.length === 0 ? 'as promised' : `WRONG: ${outcome.wrong.join('; ')}`} (${outcome.seen})`)
    if (outcome.wrong.length > 0) say(world.printed())
    done.push({ scenario, outcome })
  } finally {
    await world.close()
  }
}
const seconds = Number(given.soak)
const world = wanted.includes('soak') ? await World.start() : undefined
if (world) say(`soak of ${seconds} s`)
const soaked = world && (await soak(world, seconds))
await world?.close()

const text = tables(done, soaked, seconds)
console.log(text)
if (given.write && given.only === undefined) writeDocument(text)
process.exit(
  [...done.map(({ outcome }) => outcome), ...(soaked ? [soaked] : [])].some(({ wrong }) => wrong.length > 0) ? 1 : 0
)
