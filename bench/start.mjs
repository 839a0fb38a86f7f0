// node bench/start.mjs [--times=15] [--check]
// From spawn to ready, both plugins with one API beside a server written by hand, in milliseconds on the clock and on the
// processor. The packages are packed as they would be published and installed by npm; the servers are started in turn.
import { parseArgs } from 'node:util'
import { median } from './harness/lanes.mjs'
import { startProvider, startServer } from './harness/world.mjs'
import { install } from './start/installed.mjs'

const { values: given } = parseArgs({
  options: { times: { type: 'string', default: '15' }, check: { type: 'boolean', default: false } }
})
const times = given.check ? 1 : Number(given.times)
const file = await install()
const servers = [
  { label: 'by hand', file: file('by-hand') },
  { label: 'both plugins, an API of the catalogue', file: file('ours'), env: { API: 'catalogue' } },
  { label: 'both plugins, one’s own API, its schema in JSON', file: file('ours'), env: { API: 'own' } },
  { label: 'both plugins, one’s own API, its schema in TypeBox', file: file('ours'), env: { API: 'typebox' } }
]
const provider = await startProvider()
const seen = servers.map(() => [])

async function start(server) {
  const child = await startServer(server)
  const figures = { wall: child.coldMs, cpu: child.cpuNs() / 1e6 }
  await child.stop()
  return figures
}

for (const server of servers) await start(server)
for (let i = 0; i < times; i++)
  for (const [j] of servers.entries()) {
    const turn = (i + j) % servers.length
    seen[turn][i] = await start(servers[turn])
  }
await provider.stop()

const ratio = (j, figure) => median(seen[j].map((one, i) => one[figure] / seen[0][i][figure])).toFixed(2)
console.log(`Node ${process.version}, ${times} starts of each, in turn, medians.\n`)
console.log('|  | spawn to ready | ÷ by hand | processor | ÷ by hand |')
console.log('| --- | ---: | ---: | ---: | ---: |')
for (const [j, { label }] of servers.entries()) {
  const [wall, cpu] = ['wall', 'cpu'].map((figure) => median(seen[j].map((one) => one[figure])).toFixed(0))
  console.log(`| ${label} | ${wall} ms | ${ratio(j, 'wall')} | ${cpu} ms | ${ratio(j, 'cpu')} |`)
}
process.exit(0)
