import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import oauth2, { type OAuth2Namespace } from '@fastify/oauth2'
import Fastify from 'fastify'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import t from 'tap'
import { type Sandbox, startSandbox } from '../../src/index.ts'
import { journey, userinfoOf } from './journey.ts'

declare module 'fastify' {
  interface FastifyInstance {
    otherClient: OAuth2Namespace
  }
}

/** A service that logs in with @fastify/oauth2: no discovery, which would switch PKCE on, and a nonce of its own. */
async function service(origin: string, { issuer, client }: Sandbox) {
  const app = Fastify()
  const { origin: host, pathname: prefix } = new URL(issuer)
  const nonces = new Map<string, string>()
  let login: { idToken: string; family_name: unknown } | undefined
  await app.register(oauth2, {
    name: 'otherClient',
    scope: ['openid', 'given_name', 'family_name'],
    credentials: {
      client: { id: client.clientId, secret: client.clientSecret },
      auth: {
        authorizeHost: host,
        authorizePath: `${prefix}/authorize`,
        tokenHost: host,
        tokenPath: `${prefix}/token`
      },
      options: { authorizationMethod: 'body' }
    },
    callbackUri: `${origin}/franceconnect/callback`,
    callbackUriParams: { acr_values: 'eidas1' },
    cookie: { secure: false }
  })
  app.get('/login', async (request, reply) => {
    const url = new URL(await app.otherClient.generateAuthorizationUri(request, reply))
    const nonce = randomBytes(32).toString('hex')
    nonces.set(url.searchParams.get('state')!, nonce)
    url.searchParams.set('nonce', nonce)
    return reply.redirect(url.href)
  })
  app.get<{ Querystring: { state: string } }>('/franceconnect/callback', async (request, reply) => {
    const { token } = await app.otherClient.getAccessTokenFromAuthorizationCodeFlow(request, reply)
    const idToken = token.id_token!
    const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
    const { payload } = await jwtVerify(idToken, keys, { issuer, audience: client.clientId, algorithms: ['ES256'] })
    if (payload['nonce'] !== nonces.get(request.query.state)) return reply.code(403).send()
    login = { idToken, family_name: (await userinfoOf(issuer, token.access_token, client.clientId))['family_name'] }
    return reply.redirect('/')
  })
  app.get('/logout', async (_request, reply) => {
    const hint = { id_token_hint: login!.idToken, state: 'bye' }
    const query = new URLSearchParams({ ...hint, post_logout_redirect_uri: `${origin}/franceconnect/logout/callback` })
    login = undefined
    return reply.redirect(`${issuer}/session/end?${query}`)
  })
  app.get('/', async () => ({ family_name: login?.family_name ?? null }))
  return app
}

t.test('@fastify/oauth2 logs in and out', async (t) => {
  // The service's address is registered at the sandbox before the service starts: its port is asked for first.
  const first = Fastify()
  await first.listen({ port: 0, host: '127.0.0.1' })
  const { port } = first.server.address() as AddressInfo
  await first.close()
  const origin = `http://localhost:${port}`
  const sandbox = await startSandbox({ port: 0, baseUrl: origin })
  t.teardown(() => sandbox.close())
  const app = await service(origin, sandbox)
  t.teardown(() => app.close())
  await app.listen({ port, host: 'localhost' })

  const visit = journey(sandbox, origin)
  t.equal((await visit.logIn('/login')).text, '{"family_name":"DUBOIS"}')
  const back = await visit.logOut('/logout')
  t.equal(back.href, `${origin}/franceconnect/logout/callback?state=bye`)
  t.equal((await visit.open('/')).text, '{"family_name":null}')
  t.equal(await visit.isAsked('/login'), true, 'logged out at FranceConnect too')
})
