import t from 'tap'
import { noted } from '../recorded.ts'
import { RelyingParty, recordedClients, recordedSandbox } from '../relying-party.ts'

t.test('revocation takes three parameters and nothing else', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const { access_token } = await service.tokens()
  const { clientId: client_id, clientSecret: client_secret } = service.client
  const post = (parameters: Record<string, string>) =>
    service.post('/token/revocation', new URLSearchParams(parameters))
  const revoke = async (parameters: Record<string, string>) => noted(await post(parameters))
  const hinted = await post({ token: access_token, client_id, client_secret, token_type_hint: 'access_token' })
  t.equal(hinted.status, 400)
  t.match(await hinted.text(), />Y000400</)
  t.equal((await post({ token: access_token, client_id })).status, 400)
  const wrong = await revoke({ token: access_token, client_id, client_secret: 'f'.repeat(64) })
  t.equal(wrong.status, 401)
  t.match(wrong.json, { error: 'invalid_client', error_uri: /Y0434A7B/ })
  t.equal((await service.userinfo(access_token)).status, 200, 'nothing was revoked so far')
  t.equal((await revoke({ token: access_token, client_id, client_secret })).status, 200)
  t.equal((await service.userinfo(access_token)).status, 401)
})

t.test('a wrong scope and a wrong redirect_uri together: a code of their own', async (t) => {
  const sandbox = await recordedSandbox(t)
  const service = new RelyingParty(sandbox, recordedClients.es256)
  const url = service.authorizeUrl({ scope: 'openid dgfip_pac', redirect_uri: 'http://localhost:3000/other' })
  const answer = await noted(await fetch(url, { headers: { accept: 'text/html' }, redirect: 'manual' }))
  t.equal(answer.status, 400)
  t.equal(answer.errorCode, 'Y040001')
})

t.test('a link back that names no registered address goes nowhere', async (t) => {
  const sandbox = await recordedSandbox(t)
  const leave = (redirect_uri: string) =>
    fetch(`${sandbox.issuer}/redirect-to-sp-with-error?${new URLSearchParams({ redirect_uri })}`, {
      redirect: 'manual'
    })
  t.equal((await leave('https://elsewhere.example/')).status, 500)
  const lost = await leave('http://localhost:3000/callback')
  t.equal(lost.status, 302)
  t.match(lost.headers.get('location'), /error=access_denied&.*state=undefined/)
})
