import Fastify, { type FastifyInstance } from 'fastify'
import fcData from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import type { SandboxOptions } from '../../src/index.ts'
import { startSandbox } from '../../src/index.ts'

interface Teardown {
  teardown(end: () => unknown): unknown
}

/** A sandbox and a démarche that reads the quotient familial of whoever logs in. */
export async function withService(t: Teardown, options: SandboxOptions = {}) {
  const sandbox = await startSandbox({ port: 0, ...options })
  const app: FastifyInstance = Fastify()
  t.teardown(() => Promise.all([app.close(), sandbox.close()]))
  await app.register(franceConnect, {
    ...sandbox.franceConnectOptions,
    baseUrl: 'http://localhost:3000',
    scope: 'openid given_name family_name birthdate cnaf_quotient_familial'
  })
  await app.register(fcData, {
    ...sandbox.fcDataOptions,
    apis: [{ name: 'dss/quotient-familial', scopes: ['cnaf_quotient_familial'] }]
  })
  app.get('/quotient', { preHandler: app.fcData.require('dss/quotient-familial') }, async (request) => {
    const { data } = await request.fcData('dss/quotient-familial')
    return { quotient: data?.quotient_familial?.valeur ?? null }
  })
  const address = (path: string) => new URL(path, sandbox.issuer).href
  return { sandbox, app, address, page: address('/') }
}

/** An authorization URL of the built-in client, with parameters changed. */
export function authorizeUrl(
  { issuer, client }: Awaited<ReturnType<typeof startSandbox>>,
  change: Record<string, string> = {}
): string {
  const asked = { client_id: client.clientId, redirect_uri: client.redirectUris[0]!, response_type: 'code' }
  const more = { scope: 'openid family_name', state: 's', nonce: 'n'.repeat(32), acr_values: 'eidas1' }
  return `${issuer}/authorize?${new URLSearchParams({ ...asked, ...more, ...change })}`
}
