import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { codeGrantFailure, userInfoFailure } from '../../../packages/fastify-franceconnect/src/protocol/refusals.ts'
import { tlsCauseOf, tlsSentences } from '../../../packages/fastify-franceconnect/src/protocol/tls.ts'
import { createTransport } from '../../../packages/fastify-franceconnect/src/protocol/transport.ts'
import { serve, walk } from '../../hostile/relying-party.ts'
import { selfSigned } from './certificate.ts'

t.test('access_denied: the citizen left, the register refused, FranceConnect broke', async (t) => {
  const events: { reason?: string }[] = []
  const listen = (event: unknown) => void events.push(event as { reason?: string })
  subscribe('franceconnect:login:refused', listen)
  t.teardown(() => unsubscribe('franceconnect:login:refused', listen))
  const party = await serve(t)
  for (const [description, reason, page, log] of [
    ['User auth aborted', 'left', /Vous avez quitté FranceConnect/, /the citizen left/],
    ['user authentication aborted', 'refused', /n’a pas pu confirmer cette identité/, /did not accept this person/],
    [
      'authentication aborted due to a technical error on the authorization server',
      'failed',
      /n’a pas pu terminer/,
      /failed on the way/
    ]
  ] as const) {
    events.length = 0
    party.logs.length = 0
    party.provider.fault = {
      callback: (query) => {
        query.delete('code')
        query.set('error', 'access_denied')
        query.set('error_description', description)
      }
    }
    const { page: shown } = await walk(party.browser())
    t.equal(shown.status, 403)
    t.match(shown.body, page)
    if (reason !== 'left') t.notMatch(shown.body, /Vous avez quitté/)
    t.match(events, [{ code: 'FST_FC_LOGIN_REFUSED', reason }])
    const line = party.logs.map((text) => JSON.parse(text)).find(({ msg }) => msg === 'FranceConnect login failed')
    t.match(line.reason, log)
    if (reason !== 'left') t.notMatch(line.reason, /citizen left FranceConnect/)
  }
})

t.test('FranceConnect+ cannot read our keys: the log says why, by known words alone', async (t) => {
  const from = (error_description: string) => ({
    token: Object.assign(new Error('x'), {
      code: 'OAUTH_RESPONSE_BODY_ERROR',
      error: 'invalid_client_metadata',
      cause: { error_description }
    }),
    userinfo: Object.assign(new Error('x'), {
      code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
      cause: [{ parameters: { error: 'invalid_client_metadata', error_description } }]
    })
  })
  const refreshed = 'client JSON Web Key Set failed to be refreshed'
  for (const [description, says] of [
    [`${refreshed} (fetch failed)`, /cannot be reached/],
    [`${refreshed} (unexpected jwks_uri response status code, expected 200 OK, got 404 Not Found)`, /answered 404/],
    [`${refreshed} (unexpected jwks_uri response status code, expected 200 OK, got 502 Bad Gateway)`, /answered 502/],
    [`${refreshed} (Unexpected token '<', "<html>the-secret"... is not valid JSON)`, /does not answer JSON/],
    [`${refreshed} (The operation was aborted due to timeout)`, /in time/],
    [`${refreshed} (client JSON Web Key Set is invalid)`, /not acceptable/],
    ['no suitable encryption key found (RSA-OAEP-256) (undefined)', /no encryption key.*\(RSA-OAEP-256\)/],
    ['the-secret', /jwks URL must be the one declared/]
  ] as const) {
    const { token, userinfo } = from(description)
    for (const failure of [codeGrantFailure(token), userInfoFailure(userinfo)]) {
      t.match(failure.message, says)
      t.notMatch(failure.message, 'the-secret')
    }
  }
})

const get = { method: 'GET', headers: {} } as const

t.test('nothing listens: the host, the port and, on this machine, the sandbox', async (t) => {
  const transport = createTransport(2000)
  t.teardown(() => transport.close())
  for (const host of ['127.0.0.1:9', 'localhost:9', '[::1]:9'])
    await t.rejects(transport.exchange(`http://${host}/api/v2/token?code=secret`, get), {
      message: `Not available for now: http://${host}/api/v2/token: ECONNREFUSED: is franceconnect-sandbox running there?`
    })
  await t.rejects(transport.exchange('https://nowhere.invalid/x', get), {
    message: /https:\/\/nowhere\.invalid\/x: (ENOTFOUND|EAI_AGAIN)$/
  })
})

t.test('a private authority: the TLS cause, and where its certificates go', async (t) => {
  const server = createServer(selfSigned, (_request, answer) => answer.end('{}')).listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await new Promise((listening) => server.once('listening', listening))
  const transport = createTransport(2000)
  t.teardown(() => transport.close())
  await t.rejects(transport.exchange(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`, get), {
    message: /SELF_SIGNED_CERT: its certificate is not accepted.*NODE_EXTRA_CA_CERTS/
  })
})

t.test('each cause of TLS has its own sentence', async (t) => {
  for (const [code, says] of [
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /NODE_EXTRA_CA_CERTS/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another name/],
    ['CERT_HAS_EXPIRED', /clock/],
    ['CERT_NOT_YET_VALID', /clock/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /port/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /certificate of this service/]
  ] as const)
    t.match(tlsSentences[tlsCauseOf(code)], says, code)
})
