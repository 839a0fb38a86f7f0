import t from 'tap'
import { plusClients } from '../plus-clients.ts'
import { RelyingParty, recordedSandbox } from '../relying-party.ts'

t.test('FranceConnect+ without its signing service', async (t) => {
  const sandbox = await recordedSandbox(t, [plusClients.rsa256])
  const service = new RelyingParty(sandbox, plusClients.rsa256, 'franceconnect-plus')
  sandbox.faults.set('franceConnectPlusSignature', 'down')
  const code = await service.code()
  t.ok(code, 'the login goes on until the code')

  const refused = await service.token('not-a-code')
  t.match(await refused.json(), { error: 'invalid_grant' }, 'a refusal needs no signature')

  const start = Date.now()
  const lost = await service.token(code)
  t.ok(Date.now() - start >= 5900, 'six seconds')
  t.equal(lost.status, 400)
  const body = (await lost.json()) as Record<string, string>
  t.equal(body['error_description'], 'undefined (undefined)')
  t.match(body['error_uri'], /code=Y040001/)
  t.notHas(body, ['error'])

  sandbox.faults.clear()
  t.match(await (await service.token(code)).json(), { error: 'invalid_grant' }, 'the code was consumed')
  t.ok((await service.tokens()).access_token, 'and a new login works')
})
