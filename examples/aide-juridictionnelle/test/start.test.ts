import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const loader = here('../../../test/_loader/register.mjs')

function start(PORT: number, SANDBOX_PORT: number) {
  // Without the options that the test runner adds for itself.
  const env = { ...process.env, NODE_OPTIONS: '', PORT: String(PORT), SANDBOX_PORT: String(SANDBOX_PORT) }
  const child = spawn(process.execPath, ['--import', loader, here('../src/start.ts')], { env })
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function refusal(PORT: number, SANDBOX_PORT: number) {
  const child = start(PORT, SANDBOX_PORT)
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  return { code, said }
}

t.test('one command starts the démarche and the sandbox, says what to open, and Ctrl-C stops both', async (t) => {
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const child = start(port, sandboxPort)
  const [said] = await once(child.stdout, 'data')
  t.match(String(said), `Ouvrez http://localhost:${port}`)
  t.match(String(said), `open http://localhost:${port}`)
  t.match(String(said), 'sans_dossier')
  t.match(await (await fetch(`http://localhost:${port}/`)).text(), 'fr-connect__brand')
  t.equal((await fetch(`http://localhost:${sandboxPort}/api/v2/.well-known/openid-configuration`)).status, 200)

  const other = await freePort()
  const refusals = await Promise.all([refusal(port, other), refusal(other, sandboxPort)])
  t.match(refusals[0], { code: 1, said: new RegExp(`port ${port} est déjà pris[\\s\\S]*already taken`) })
  t.match(refusals[1], {
    code: 1,
    said: new RegExp(`SANDBOX_PORT=${sandboxPort + 10} npm start`)
  })

  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  t.equal(code, 0)
})
