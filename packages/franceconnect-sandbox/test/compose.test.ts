import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { startCommand } from './cli/command.ts'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const snippet = /^```yaml\n([\s\S]*?)^```$/m.exec(readFileSync(path('../README.md'), 'utf8'))?.[1] ?? ''

/** The status of a page asked by address under a name, as a container or a browser on the host asks it. */
function statusAt(port: string, host: string, page: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: page, headers: { host: `${host}:${port}` } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.setTimeout(10_000, () => asked.destroy(new Error(`no answer to ${page} as ${host} in 10 s`)))
    asked.end()
  })
}

t.test('the command of the docker compose snippet starts, and answers by the name of its alias', async (t) => {
  const command = /command: >\n([\s\S]*?)\n {4}\w/.exec(snippet)?.[1]?.trim().split(/\s+/) ?? []
  const alias = /aliases: \[([^\]]+)\]/.exec(snippet)?.[1] ?? ''
  t.same(command.slice(0, 3), ['npx', '--yes', 'franceconnect-sandbox'])
  t.match(snippet, "ports: ['127.0.0.1:4000:4000']", 'published on this machine only')
  const started = startCommand('--port', '0', ...command.slice(3))
  t.teardown(() => started.stop())
  const out = await started.printed('Ctrl+C')
  const [, host, port] = /issuer: 'http:\/\/([^:']+):(\d+)\/api\/v2'/.exec(out) ?? []
  t.equal(host, alias)
  t.equal(await statusAt(port!, alias, '/api/v2/.well-known/openid-configuration'), 200)
  t.equal(await statusAt(port!, alias, '/'), 200, 'the window too')
})
