/** What a service does: both plugins on the sandbox, a whole login, a citizen's datum. */
export const service = `
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
// what Express hands on is Node's own request
export const who = (request: import('node:http').IncomingMessage): string | undefined => request.franceConnect?.sub
main().then(() => process.exit(0))
`
export const misspelt = `
// @ts-expect-error: a misspelt API does not compile
export const wrong = (request: import('fastify').FastifyRequest) => request.fcData('dss/quotient-familiale')
`

/** A body that exposes its data. */
export const town = `
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

export const esm = `
import Fastify from 'fastify'
import franceConnect from 'fastify-franceconnect'
import fcData from 'fastify-fc-data'
import { startSandbox } from 'franceconnect-sandbox'
`
export const cjs = `
import Fastify = require('fastify')
import login = require('fastify-franceconnect')
import data = require('fastify-fc-data')
import sandboxPackage = require('franceconnect-sandbox')
const franceConnect = login.default
const fcData = data.default
const { startSandbox } = sandboxPackage
`

/** Schemas of one's own that cannot be read, by what the plugin reads itself and by what TypeBox does; a wrong option. */
export const wrong = `
import Fastify from 'fastify'
import franceConnect from 'fastify-franceconnect'
import fcData, { defineApi, isFcDataError } from 'fastify-fc-data'

const getAccessToken = () => null
for (const data of [{ type: 'objet' }, { type: 'string', format: 'date', pattern: '(' }]) {
  const api = defineApi({ name: 'ville/solde', url: 'https://api.ville.example/solde', scopes: [], data })
  try {
    await Fastify().register(fcData, { apis: [api], getAccessToken, secret: 'x'.repeat(32) }).ready()
    console.log('started')
  } catch (error) {
    console.log(isFcDataError(error), error.code)
  }
}
try {
  await Fastify().register(franceConnect, { environment: 'integration' }).ready()
} catch (error) {
  console.log(error.code)
}
`
