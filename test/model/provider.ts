import { MockAgent } from 'undici'
import type { Login } from '../hostile/fault.ts'
import { idTokenClaims, metadata, openLogin, refusalOfAuthorize, userinfoClaims } from '../hostile/honest.ts'
import { draft, serialize } from '../hostile/jwt.ts'
import { pairs } from '../hostile/keys.ts'
import { clientId, clientSecret } from '../hostile/provider.ts'

/** FranceConnect in this process: real keys and signatures, single-use codes, no network to wait for. */
export interface LocalProvider {
  issuer: string
  dispatcher: MockAgent
  tokenRequests: number
  /** The citizen says yes: where the browser is sent back. */
  authorize(url: string, sub: string): string
}

export function createLocalProvider(): LocalProvider {
  const issuer = 'http://127.0.0.1:9/api/v2'
  const key = pairs.ES256
  const logins = new Map<string, Login>()
  const dispatcher = new MockAgent()
  dispatcher.disableNetConnect()
  const pool = dispatcher.get('http://127.0.0.1:9')
  const typed = (type: string, data: string, statusCode = 200) => ({
    ...{ statusCode, data },
    responseOptions: { headers: { 'content-type': type } }
  })
  const json = (value: unknown, statusCode = 200) => typed('application/json', JSON.stringify(value), statusCode)

  const provider: LocalProvider = {
    issuer,
    dispatcher,
    tokenRequests: 0,
    authorize(url, sub) {
      const query = new URL(url).searchParams
      const refusal = refusalOfAuthorize(query)
      if (refusal !== undefined) throw new Error(refusal)
      const login = openLogin(query, sub)
      logins.set(login.code, login)
      return `${login.redirectUri}?${new URLSearchParams({ code: login.code, state: login.state, iss: issuer })}`
    }
  }

  const on = (method: string, path: string, answer: (body: string, authorization: string) => ReturnType<typeof json>) =>
    pool
      .intercept({ method, path: `/api/v2${path}` })
      .reply(({ body, headers }) => {
        const given = new Headers(headers as Record<string, string>)
        return answer(String(body ?? ''), given.get('authorization') ?? '')
      })
      .persist()

  on('GET', '/.well-known/openid-configuration', () => json(metadata(issuer)))
  on('GET', '/jwks', () => json({ keys: [key.jwk] }))
  on('POST', '/token', (body) => {
    provider.tokenRequests += 1
    const form = new URLSearchParams(body)
    const login = logins.get(form.get('code') ?? '')
    if (form.get('client_secret') !== clientSecret) return json({ error: 'invalid_client' }, 401)
    if (login === undefined || login.codeUsed) return json({ error: 'invalid_grant' }, 400)
    login.codeUsed = true
    const { accessToken, scope } = login
    const idToken = serialize(draft(idTokenClaims(issuer, clientId, login), key))
    return json({ access_token: accessToken, expires_in: 60, id_token: idToken, scope, token_type: 'Bearer' })
  })
  on('GET', '/userinfo', (_body, authorization) => {
    const login = [...logins.values()].find((one) => authorization === `Bearer ${one.accessToken}`)
    if (login === undefined) return json({ error: 'invalid_token' }, 401)
    return typed('application/jwt', serialize(draft(userinfoClaims(issuer, clientId, login), key)))
  })
  return provider
}
