import { generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import type { AuditEvent } from '../../src/routes/audit/event.ts'
import { baseUrl, Jar, logIn, sandboxFor, secret, serviceFor } from '../service.ts'

t.test('the same person at a higher level is a step-up; the login before it ends, replaced', async (t) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const labels = { kid: 'k', alg: 'RSA-OAEP-256', use: 'enc' }
  const publicJwk = { ...publicKey.export({ format: 'jwk' }), ...labels, kty: 'RSA' }
  const privateJwk = { ...privateKey.export({ format: 'jwk' }), ...labels }
  const sandbox = await sandboxFor(t, {
    clients: [
      {
        clientId: 'plus',
        clientSecret: secret,
        redirectUris: [`${baseUrl}/franceconnect/callback`],
        postLogoutRedirectUris: [`${baseUrl}/franceconnect/logout/callback`],
        scopes: ['openid', 'given_name'],
        idTokenEncryptedResponseAlg: 'RSA-OAEP-256',
        jwks: { keys: [publicJwk] }
      }
    ]
  })
  const events: AuditEvent[] = []
  const app = await serviceFor(t, sandbox, {
    issuer: sandbox.plusIssuer,
    clientId: 'plus',
    clientSecret: secret,
    acrValues: 'eidas2',
    scope: 'openid given_name',
    decryptionKeys: [privateJwk],
    onAudit: (event) => void events.push(event),
    pages: (app) =>
      void app.get('/fort', { preHandler: app.franceConnect.requireLogin({ acrValues: 'eidas3' }) }, async () => '')
  })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  await logIn(app, sandbox, jar, '/fort')
  t.match(events, [
    { type: 'login', acr: 'eidas2' },
    { type: 'end', cause: 'replaced', loginId: events[0]?.loginId },
    { type: 'step-up', acr: 'eidas3', subject: events[0]?.subject }
  ])
  t.equal(events.length, 3)
})
