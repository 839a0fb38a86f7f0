// node bench/wait.mjs [--times=9] [--check]
// What the citizen waits for: from FranceConnect's redirect (the callback) to the page with data on it, in milliseconds,
// beside a server that calls one API after the other. Real HTTP, every answer checked, the two interleaved.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Connection } from './harness/connection.mjs'
import { Jar } from './harness/jar.mjs'
import { median } from './harness/lanes.mjs'
import { startProvider, startServer } from './harness/world.mjs'

const { values: given } = parseArgs({
  options: { times: { type: 'string', default: '9' }, check: { type: 'boolean', default: false } }
})
const slownesses = given.check ? [20] : [20, 200, 2000]
const timesOf = (ms) => (given.check ? 1 : ms > 1000 ? 2 : Number(given.times))
const window = 'Accept: text/html\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n'

const provider = await startProvider()
const data = createServer((request, response) => {
  const [, n, ms] = request.url.split('/').map(Number)
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ n }))
  }, ms)
})
await new Promise((listening) => data.listen(0, '127.0.0.1', listening))
const file = (name) => fileURLToPath(new URL(`wait/${name}.mjs`, import.meta.url))
const env = { DATA_BASE: `http://127.0.0.1:${data.address().port}` }
const start = (name, more) => startServer({ file: file(name) }, { env: { ...env, ...more } })
const servers = { ours: await start('ours'), hand: await start('by-hand') }
const impatient = await start('ours', { CALLBACK_TIMEOUT: '500' })
const toProvider = new Connection(provider.port)

/** One login for one page, by a new browser: milliseconds of the callback, and until the page is there. */
async function visit(server, count, ms) {
  const connection = new Connection(server.port)
  const jar = new Jar()
  const open = async (path) => {
    const answer = await connection.get(path, window + jar.header(path))
    jar.store(answer.cookies)
    return answer
  }
  const pathOf = (answer, url) => {
    if (!answer.location?.startsWith(url) && !answer.location?.startsWith('/')) throw new Error(JSON.stringify(answer))
    return answer.location.replace(url, '')
  }
  const page = `/dossier/${count}/${ms}`
  const asked = pathOf(await open(page), server.urls.providerUrl)
  const back = pathOf(await toProvider.get(asked, 'x-bench-user: 1\r\n'), server.urls.serverUrl)
  const started = performance.now()
  const landed = pathOf(await open(back), server.urls.serverUrl)
  const callback = performance.now() - started
  const shown = await open(landed)
  const total = performance.now() - started
  connection.close()
  const expected = JSON.stringify(Array.from({ length: count }, (_, i) => i + 1))
  if (landed !== page || shown.status !== 200 || shown.body !== expected) throw new Error(`${landed}: ${shown.body}`)
  return { callback, total }
}

async function measure(count, ms, times) {
  const seen = { ours: [], hand: [] }
  for (let i = 0; i < times; i++)
    for (const name of i % 2 ? ['hand', 'ours'] : ['ours', 'hand'])
      seen[name].push((await visit(servers[name], count, ms)).total)
  return { ours: median(seen.ours), hand: median(seen.hand) }
}

await measure(5, 1, 5)
const login = await measure(0, 0, timesOf(0))
const figure = (ms) => ms.toFixed(0)
console.log('| API on the page | each answers in | by hand, in sequence | ours | ours, over the slowest call |')
console.log('| ---: | ---: | ---: | ---: | ---: |')
console.log(`| 0: the login alone | – | ${figure(login.hand)} ms | ${figure(login.ours)} ms | – |`)
for (const ms of slownesses)
  for (const count of [1, 3, 5]) {
    const { ours, hand } = await measure(count, ms, timesOf(ms))
    console.log(`| ${count} | ${ms} ms | ${figure(hand)} ms | ${figure(ours)} ms | +${(ours - ms).toFixed(1)} ms |`)
  }
const bounded = await visit(impatient, 5, given.check ? 600 : 2000)
console.log(
  `\nWith \`callbackTimeout: 500\` and five API of ${given.check ? 600 : 2000} ms: back on the service after ${figure(bounded.callback)} ms, the page complete after ${figure(bounded.total)} ms.`
)
process.exit(0)
