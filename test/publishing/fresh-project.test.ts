import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { compile, node } from './compile.ts'
import { pack, project } from './packed.ts'

const tarballsFolder = await mkdtemp(join(tmpdir(), 'packed-'))
const folder = await project(await pack(tarballsFolder))
t.teardown(() => Promise.all([rm(folder, { recursive: true }), rm(tarballsFolder, { recursive: true })]))

/** What a service does: both plugins on the sandbox, a whole login, a citizen's datum. */
const service = `
async function main(): Promise<void> {
  const sandbox = await startSandbox({ port: 0 })
  const app = Fastify()
  await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000' })
  await app.register(fcData, { ...sandbox.fcDataOptions, apis: ['dss/quotient-familial'] })
  app.get('/dossier', { preHandler: app.fcData.require('dss/quotient-familial') }, async (request) => {
    const { data } = await request.fcData('dss/quotient-familial')
    const name: string | undefined = request.franceConnect?.userInfo.given_name
    const value: number | undefined = data?.quotient_familial?.valeur
    return { name, value }
  })
  const headers = await sandbox.login(app, sandbox.citizens[0]!)
  const answer = await app.inject({ url: '/dossier', headers })
  console.log(answer.statusCode, typeof answer.json().name, typeof answer.json().value)
  await app.close()
  await sandbox.close()
}
main().then(() => process.exit(0))
`
const misspelt =
  "\nexport const wrong = (request: import('fastify').FastifyRequest) => request.fcData('dss/quotient-familiale')\n"

const esm = `
import Fastify from 'fastify'
import franceConnect from 'fastify-franceconnect'
import fcData from 'fastify-fc-data'
import { startSandbox } from 'franceconnect-sandbox'
`
const cjs = `
import Fastify = require('fastify')
import login = require('fastify-franceconnect')
import data = require('fastify-fc-data')
import sandboxPackage = require('franceconnect-sandbox')
const franceConnect = login.default
const fcData = data.default
const { startSandbox } = sandboxPackage
`

const projects: [kind: string, type: string, imports: string][] = [
  ['ESM', 'module', esm],
  ['CommonJS', 'commonjs', cjs]
]

for (const [kind, type, imports] of projects) {
  t.test(`${kind} project in strict TypeScript`, async (t) => {
    const options = { module: 'nodenext', target: 'es2023', strict: true, types: ['node'], skipLibCheck: false }
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'fresh', type }))
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['service.ts'] }))

    await writeFile(join(folder, 'service.ts'), imports + service + misspelt)
    const refused = await compile(folder)
    t.ok(refused.code !== 0 && refused.output.includes('"dss/quotient-familiale"'), 'a misspelt API does not compile')

    await writeFile(join(folder, 'service.ts'), imports + service)
    t.strictSame(await compile(folder), { code: 0, output: '' }, 'compiles')
    t.match(await node([join(folder, 'service.js')]), { code: 0, output: '200 string number' }, 'runs')
  })
}

t.test('the two commands answer', async (t) => {
  for (const [name, file] of [
    ['fastify-franceconnect', 'dist/cli.js'],
    ['franceconnect-sandbox', 'dist/cli.js']
  ] as const) {
    t.match(await node([join(folder, 'node_modules', name, file), '--help']), { code: 0, output: name })
  }
})
