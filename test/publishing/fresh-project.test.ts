import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { pack, project } from './packed.ts'
import { compile, node } from './run.ts'

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
const misspelt = `
// @ts-expect-error: a misspelt API does not compile
export const wrong = (request: import('fastify').FastifyRequest) => request.fcData('dss/quotient-familiale')
`

/** A body that exposes its data. */
const town = `
import Fastify from 'fastify'
import fcProvider, { type FcCaller } from 'fastify-fc-provider'
import { matchOne } from 'franceconnect-protocol/identity'

export async function town(key: { kty: string }) {
  const app = Fastify()
  const scopes = { ville_solde: 'Solde' }
  await app.register(fcProvider, { environment: 'integration', clientId: 'a', clientSecret: 'b', decryptionKeys: [key], scopes })
  app.get('/', { preHandler: app.fcProvider.require('ville_solde') }, async (request) => {
    const caller: FcCaller = request.fcCaller
    const found: { solde: number; birthdate: string } | null = matchOne(caller.identity, [{ solde: 1, birthdate: '' }])
    return app.fcProvider.mask(found, { ville_solde: ['solde'] }, caller.scopes)
  })
  return app
}
// @ts-expect-error: a member that the data has not does not compile
export const wrong = (app: Fastify.FastifyInstance) => app.fcProvider.mask({ solde: 1 }, { ville_solde: ['sold'] }, [])
`

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

t.test('an ES module and a CommonJS module, in strict TypeScript', async (t) => {
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, types: ['node'] }
  const files = ['service.mts', 'service.cts', 'town.mts']
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  await writeFile(join(folder, 'service.mts'), esm + service + misspelt)
  await writeFile(join(folder, 'service.cts'), cjs + service)
  await writeFile(join(folder, 'town.mts'), town)
  t.strictSame(await compile(folder), { code: 0, output: '' }, 'compile, the libraries’ own types too')
  for (const file of ['service.mjs', 'service.cjs']) {
    t.match(await node([join(folder, file)]), { code: 0, output: '200 string number' }, `${file} runs`)
  }
})

t.test('the commands answer', async (t) => {
  for (const [name, file] of [
    ['fastify-franceconnect', 'dist/cli.js'],
    ['fastify-fc-provider', 'dist/cli/cli.js'],
    ['franceconnect-sandbox', 'dist/cli.js']
  ] as const) {
    t.match(await node([join(folder, 'node_modules', name, file), '--help']), { code: 0, output: name })
  }
})
