// Types the steps of docs/guides/get-started.md in an empty folder, against the packed tarballs and the real registry,
// and says how long each took.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = new URL('../..', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'ma-demarche-'))
const guide = readFileSync(join(root, 'docs/guides/get-started.md'), 'utf8')
const began = performance.now()
let last = began
const started = []

function step(name) {
  const now = performance.now()
  console.log(`${((now - last) / 1000).toFixed(1).padStart(6)} s  ${name}`)
  last = now
}

function run(command, cwd = folder) {
  const done = spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8' })
  if (done.status !== 0) end(`${command}\n${done.stdout}${done.stderr}`)
  return done.stdout
}

function start(command, ready) {
  const child = spawn('bash', ['-c', `exec ${command}`], { cwd: folder, detached: true })
  started.push(child)
  return new Promise((resolve) => {
    let said = ''
    const listen = (chunk) => {
      said += chunk
      if (said.includes(ready)) resolve(said)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('exit', () => end(`${command} stopped:\n${said}`))
  })
}

function end(problem) {
  for (const child of started) {
    child.removeAllListeners('exit')
    try {
      process.kill(-child.pid)
    } catch {}
  }
  if (problem) console.error(problem)
  process.exit(problem ? 1 : 0)
}

/** `fetch` would say `sec-fetch-mode: cors`, which is no navigation. */
function exchange(url, headers) {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => {
        body += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }))
    }).on('error', reject)
  })
}

/** Follows redirects as a browser does, with a cookie jar per host. */
async function open(url) {
  const jars = new Map()
  for (let hop = 0; hop < 20; hop += 1) {
    const { host } = new URL(url)
    const jar = jars.get(host) ?? new Map()
    jars.set(host, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', 'sec-fetch-mode': 'navigate', ...(cookie && { cookie }) }
    const answer = await exchange(url, headers)
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
      jar.set(name, value)
    }
    const { location } = answer.headers
    if (!location) return answer
    url = new URL(location, url).href
  }
  return end('too many redirects')
}

for (const name of ['fastify-franceconnect', 'fastify-fc-data', 'franceconnect-sandbox']) {
  run(`npx --yes pnpm@12.21.0 pack --pack-destination ${folder}`, join(root, 'packages', name))
}
step('(pack the three packages)')
run('npm init -y && npm pkg set type=module')
step('npm init')
run('npm install --no-audit --no-fund fastify ./*.tgz')
step('npm install, from the registry')
await start('npx franceconnect-sandbox --citizen test', 'Ctrl+C')
step('npx franceconnect-sandbox')
const blocks = [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
run(blocks.find(([, , text]) => text.startsWith('cat > .env'))[2])
writeFileSync(join(folder, 'server.js'), blocks.find(([, kind]) => kind === 'ts')[2])
await start('node --env-file=.env server.js', 'Server listening')
step('.env, server.js, node server.js')
const { status, body } = await open('http://localhost:3000/dossier')
if (status !== 200 || typeof JSON.parse(body).quotient !== 'number') end(`/dossier: ${status} ${body.slice(0, 300)}`)
step('open /dossier: logged in, the quotient familial shown')
console.log(run('npx fastify-franceconnect doctor --env .env'))
step('npx fastify-franceconnect doctor')
console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  in all, in ${folder}`)
end()
