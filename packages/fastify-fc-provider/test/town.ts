import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { type DataProviderClient, type Sandbox, type SandboxOptions, startSandbox } from 'franceconnect-sandbox'
import type { Test } from 'tap'
import fcProvider, { type FcProviderAccess, type FcProviderOptions } from '../src/index.ts'

export const scopes = { ville_solde: 'Solde de la cantine', ville_enfants: 'Enfants inscrits' }
export const clientId = 'ville-de-test'
export const clientSecret = 'the-secret-of-the-town-of-32-characters-or-more'

/** A private key for decryption, as JSON. */
export function decryptionKey(alg = 'ECDH-ES', kid?: string) {
  const pair =
    alg === 'ECDH-ES'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...pair.privateKey.export({ format: 'jwk' }), ...(kid && { kid }) }
}

/** Records of the town: two families, one of them twice. */
export const families = [
  { familyName: 'Dubois', givenNames: 'Angéla', birthdate: '1962-08-24', solde: 12.5, enfants: ['Léa'], note: 'x' },
  { familyName: 'Mercier', givenNames: 'Pierre', birthdate: '1969-03-17', solde: 3, enfants: [] },
  { familyName: 'Mercier', givenNames: 'Pierre', birthdate: '1969-03-17', solde: 4, enfants: [] }
]

export interface Town {
  app: FastifyInstance
  url: string
  records: FcProviderAccess[]
}

/** A town's server with its API, listening. */
export async function startTown(
  t: Test,
  options: Partial<FcProviderOptions>,
  { server = {}, after }: { server?: FastifyServerOptions; after?: (app: FastifyInstance) => Promise<void> } = {}
): Promise<Town> {
  const records: FcProviderAccess[] = []
  const app = Fastify(server)
  t.teardown(() => app.close())
  await app.register(fcProvider, {
    clientId,
    clientSecret,
    decryptionKeys: [decryptionKey()],
    scopes,
    onAccess: (record) => records.push(record),
    ...options
  })
  app.get('/v1/cantine', { preHandler: app.fcProvider.require('ville_solde', 'ville_enfants') }, async (request) => {
    const { identity, scopes } = request.fcCaller
    const family = app.fcProvider.matchOne(identity, families)
    return app.fcProvider.mask(family, { ville_solde: ['solde'], ville_enfants: ['enfants'] }, scopes)
  })
  app.get('/v1/tout', { preHandler: app.fcProvider.require({ all: Object.keys(scopes) }) }, async () => ({ all: true }))
  app.get('/v1/moi', { preHandler: app.fcProvider.require('ville_solde') }, async (request) => request.fcCaller)
  await after?.(app)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, url, records }
}

/** A request to the town, and its answer read. */
export async function ask(town: { url: string }, path: string, token?: string, headers: Record<string, string> = {}) {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(town.url + path, { headers: { ...authorization, ...headers } })
  const text = await response.text()
  const json = text.startsWith('{') ? JSON.parse(text) : null
  return { status: response.status, headers: response.headers, text, json, code: json?.errors?.[0]?.code as unknown }
}

/** The sandbox with this town registered; its key route is reached through a front, whose target is known later. */
export async function startFranceConnect(
  t: Test,
  algorithms: Pick<DataProviderClient, 'checktokenSignedResponseAlg' | 'checktokenEncryptedResponseAlg'> = {},
  options: SandboxOptions = {}
) {
  const front = { target: '', requests: 0 }
  const server = createServer(async (_, response) => {
    front.requests += 1
    const answer = await fetch(`${front.target}/franceconnect/data-provider/jwks`).catch(() => null)
    response.writeHead(answer?.status ?? 502, { 'content-type': 'application/jwk-set+json' })
    response.end(await answer?.text())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
  const town = { title: 'Ville de Test', clientId, clientSecret, scopes, jwksUri, ...algorithms }
  const sandbox = await startSandbox({ port: 0, dataProviders: [town], ...options })
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
    await sandbox.close()
  })
  return { sandbox, front, token: (scope: string, citizen?: string) => accessToken(sandbox, scope, citizen) }
}

/** The access token of a service, after a login of the citizen. */
async function accessToken({ issuer, client, authorize }: Sandbox, scope: string, citizen = 'test'): Promise<string> {
  const redirectUri = client.redirectUris[0]!
  const hex = () => randomBytes(32).toString('hex')
  const parameters = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    acr_values: 'eidas1'
  }
  const identity = 'openid given_name family_name birthdate gender birthplace birthcountry'
  const asked = new URLSearchParams({ ...parameters, scope: `${identity} ${scope}`, state: hex(), nonce: hex() })
  const code = new URL(await authorize(`${issuer}/authorize?${asked}`, citizen)).searchParams.get('code')!
  const { clientId: client_id, clientSecret: client_secret } = client
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id,
    client_secret
  })
  const answer = await fetch(`${issuer}/token`, { method: 'POST', body })
  return ((await answer.json()) as { access_token: string }).access_token
}
