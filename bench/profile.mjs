// node bench/profile.mjs login|page|data [stack=ours] [count=3000]: self time of the server's main thread under load,
// by package and by function. CITIZENS=10000 come in turn, sixteen otherwise; REDIS=true keeps the sessions there.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinDriver } from './harness/child.mjs'
import { lanes } from './harness/lanes.mjs'
import { startRedis } from './harness/redis.mjs'
import { servers } from './harness/stacks.mjs'
import { data, login, page } from './harness/visits.mjs'
import { connections, startProvider, startServer } from './harness/world.mjs'

const [what = 'login', name = 'ours', count = '3000'] = process.argv.slice(2)
const total = Number(count)
const folder = mkdtempSync(join(tmpdir(), 'profile-'))
const probe = join(folder, 'probe.cjs')
const result = join(folder, 'result.cpuprofile')
writeFileSync(
  probe,
  `const { Session } = require('node:inspector'), session = new Session(); session.connect()
process.on('SIGUSR2', () => session.post('Profiler.enable', () => session.post('Profiler.setSamplingInterval',
  { interval: 250 }, () => session.post('Profiler.start', () => process.stdout.write('started\\n')))))
process.on('SIGTERM', () => session.post('Profiler.stop', (_, { profile }) => {
  require('node:fs').writeFileSync(${JSON.stringify(result)}, JSON.stringify(profile)); process.exit(0) }))`
)

pinDriver()
const provider = await startProvider()
const stack = servers.find((one) => one.name === name)
const redis = process.env.REDIS === 'true' && (await startRedis())
const citizens = Number(process.env.CITIZENS ?? 16)
const server = await startServer(stack, { preload: probe, env: redis ? { REDIS_URL: redis.url } : {} })
const sockets = connections(16, server.port)
const toProvider = connections(16, provider.port)
const jars = []
const visits = {
  login: (i, lane) => login(sockets[lane], toProvider[lane], i, server.urls),
  page: (i, lane) => page(sockets[lane], jars[i % citizens], i % citizens),
  data: (i, lane) => data(sockets[lane], jars[lane], lane, i % 7)
}
await lanes(16, 1000, visits.login)
await lanes(16, citizens, async (i, lane) => {
  jars[i] = await visits.login(i, lane)
})
await lanes(16, Math.max(3000, citizens), visits[what])
await server.ask('SIGUSR2')
await lanes(16, total, visits[what])
await server.stop()
if (redis) await redis.stop()
await provider.stop()

const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(result, 'utf8'))
const frames = new Map(nodes.map((node) => [node.id, node.callFrame]))
const byPackage = new Map()
const byFunction = new Map()
let spent = 0
samples.forEach((id, i) => {
  const { functionName, url, lineNumber } = frames.get(id)
  if (functionName === '(idle)') return
  const us = timeDeltas[i] ?? 0
  spent += us
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + us)
  add(byPackage, packageOf(functionName, url))
  const place = url.replace(/.*node_modules\//, '').replace(/.*\/packages\//, '')
  add(byFunction, `${functionName || '(anonymous)'} ${place}${url ? `:${lineNumber + 1}` : ''}`)
})

function packageOf(functionName, url) {
  if (!url) return functionName.startsWith('(') ? functionName : '(native)'
  const [own] = /(?<=\/packages\/)[^/]+\/dist\/.*/.exec(url) ?? []
  if (own && !url.includes('node_modules')) return own
  const at = url.lastIndexOf('node_modules/')
  if (at >= 0)
    return url
      .slice(at + 13)
      .split('/')
      .slice(0, url[at + 13] === '@' ? 2 : 1)
      .join('/')
  return url.startsWith('node:') ? url.replace('node:internal/', 'node:').split('/')[0] : 'server.mjs'
}
function show(map, most) {
  return [...map]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(
      ([key, us]) =>
        `${(us / total).toFixed(1).padStart(7)} µs ${((us / spent) * 100).toFixed(1).padStart(5)} %  ${key}`
    )
    .join('\n')
}
console.log(`${name}, ${what}: ${(spent / total).toFixed(0)} µs of the main thread each\n`)
console.log(`by package\n${show(byPackage, 30)}\n\nby function\n${show(byFunction, 40)}`)
process.exit(0)
