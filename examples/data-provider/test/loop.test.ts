import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { demarrer } from '../src/ensemble.ts'

const exec = promisify(execFile)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

const [demarche, ville] = [await freePort(), await freePort()]
const ensemble = await demarrer({ demarche, ville, sandbox: 0 })
t.teardown(() => ensemble.close())

/** The form of the démarche, after a citizen went through FranceConnect. */
async function formFor(citizen: string): Promise<string> {
  const headers = await ensemble.sandbox.login(ensemble.app, citizen)
  const { body } = await ensemble.app.inject({ url: '/demande', headers: { ...headers, accept: 'text/html' } })
  return body.replace(/[\s\u00a0\u202f]+/g, ' ')
}

t.test('what the town knows fills the form', async (t) => {
  const form = await formFor('test')
  t.match(form, 'Bonjour Angela Claire Louise DUBOIS')
  t.match(form, 'value="Léa (École Jules-Ferry), Tom (École Jules-Ferry)"')
  t.match(form, '42,50 €')
  t.match(form, 'B-2041')
})

t.test('two records, or none: by hand', async (t) => {
  for (const citizen of ['avec_nom_dusage', 'naissance_Algérie']) t.match(await formFor(citizen), 'complétez à la main')
})

t.test('its doctor finds nothing to say', async (t) => {
  const cli = fileURLToPath(new URL('../node_modules/fastify-fc-provider/dist/cli/cli.js', import.meta.url))
  const env = { PATH: process.env.PATH ?? '', ...ensemble.environnement }
  const { stdout } = await exec(process.execPath, [cli, 'doctor'], { env })
  t.match(stdout, /✓ bon.*✓ bon.*0 erreur, 0 avertissement/s)
})

t.test('the plugin’s part is at most 15 lines', async (t) => {
  const source = readFileSync(new URL('../src/ville.ts', import.meta.url), 'utf8')
  const [, part = ''] = source.split("// the plugin's part\n")
  const lines = part.split('  // the end of it')[0]!.trimEnd().split('\n')
  t.ok(lines.length > 3 && lines.length <= 15, `${lines.length} lines`)
})

t.test('OpenAPI: the bearer and the scopes are documented, the key route is not', async (t) => {
  const document = await (await fetch(`${ensemble.ville}/documentation/json`)).json()
  t.strictSame(Object.keys(document.paths), ['/v1/famille'])
  t.match(document.paths['/v1/famille'].get.security, [
    { franceConnect: ['ville_solde', 'ville_enfants', 'ville_carte'] }
  ])
  t.match(document.components.securitySchemes.franceConnect, { scheme: 'bearer' })
})
