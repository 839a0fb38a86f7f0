// node bench/access.mjs [--rounds=5] [--accesses=3000] [--check]
// The CPU of an access to an API of one's own: fastify-fc-provider beside bare Fastify with one undici call and two jose
// operations. One server at a time answers, in a process of its own; rounds are interleaved, ratios taken inside a round.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { Agent, request } from 'undici'
import { startFranceConnect } from './access/france-connect.mjs'

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    accesses: { type: 'string', default: '3000' },
    check: { type: 'boolean', default: false }
  }
})
const rounds = given.check ? 1 : Number(given.rounds)
const accesses = given.check ? 50 : Number(given.accesses)
const lanes = 16

const franceConnect = await startFranceConnect()
const dispatcher = new Agent({ connections: lanes })
const medians = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

async function start(name) {
  const env = { ...process.env, SETTINGS: JSON.stringify(franceConnect.settings) }
  const child = fork(new URL(`./access/${name}.mjs`, import.meta.url), { env, stdio: 'inherit' })
  const [port] = await once(child, 'message')
  return { child, url: `http://127.0.0.1:${port}/solde` }
}

let sent = 0
async function drive({ url }, count) {
  const end = sent + count
  const lane = async () => {
    while (sent < end) {
      sent += 1
      // never the same token twice: identical checks in flight would be made once
      const authorization = `Bearer ${String(sent).padStart(43, 'x')}`
      const { statusCode, body } = await request(url, { dispatcher, headers: { authorization } })
      const answer = await body.json()
      if (statusCode !== 200 || answer.name !== 'DUBOIS') throw new Error(`${statusCode} ${JSON.stringify(answer)}`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

async function cpuOf(server) {
  server.child.send('cpu')
  const [{ user, system }] = await once(server.child, 'message')
  return user + system
}

async function measure(name) {
  const server = await start(name)
  await drive(server, Math.min(accesses, 500))
  const before = await cpuOf(server)
  await drive(server, accesses)
  const spent = (await cpuOf(server)) - before
  server.child.kill()
  return spent / accesses
}

const seen = { ours: [], floor: [] }
for (let round = 1; round <= rounds; round++) {
  for (const name of round % 2 ? ['floor', 'ours'] : ['ours', 'floor']) seen[name].push(await measure(name))
  console.log(`round ${round}: floor ${seen.floor.at(-1).toFixed(0)} µs, ours ${seen.ours.at(-1).toFixed(0)} µs`)
}
const ratios = seen.ours.map((value, index) => value / seen.floor[index])
const line = `| ${medians(seen.floor).toFixed(0)} µs | ${medians(seen.ours).toFixed(0)} µs | ${medians(ratios).toFixed(2)}× |`
console.log(`\n| bare Fastify, undici, jose | fastify-fc-provider | ratio |\n|---:|---:|---:|\n${line}`)
await dispatcher.close()
franceConnect.close()
