import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Answer, Endpoint, Fault, Login, Surroundings } from './fault.ts'
import {
  idTokenClaims,
  isVerifierOf,
  metadata,
  openLogin,
  refusalOfAuthorize,
  refusalWithoutPkce,
  userinfoClaims
} from './honest.ts'
import { draft, serialize } from './jwt.ts'
import { type Algorithm, makeKey, pairs, type SigningKey } from './keys.ts'
import { plainly } from './transports.ts'

export const clientId = 'demarche-de-test'
export const clientSecret = 'secret-du-client-CANARI-0123456789abcdef'

const routes: Record<string, Endpoint> = {
  '/api/v2/.well-known/openid-configuration': 'discovery',
  '/api/v2/jwks': 'jwks',
  '/api/v2/authorize': 'authorize',
  '/api/v2/token': 'token',
  '/api/v2/userinfo': 'userinfo',
  '/api/v2/session/end': 'logout'
}

/** An OpenID provider in the shape of FranceConnect, honest until a fault is switched on. */
export class HostileProvider implements Surroundings {
  fault: Fault = {}
  /** Asks for PKCE, as other providers do; FranceConnect refuses it. */
  pkce = false
  sub = `${'c0ffee'.repeat(10)}beefv1`
  readonly clientId = clientId
  readonly clientSecret = clientSecret
  readonly canary: string
  readonly logins: Login[] = []
  readonly calls: Record<Endpoint, number> = { discovery: 0, jwks: 0, authorize: 0, token: 0, userinfo: 0, logout: 0 }
  /** Queries of authorize and logout, bodies of token: what our server asked. */
  readonly asked: { endpoint: Endpoint; parameters: URLSearchParams }[] = []
  sent = 0
  issuer = ''
  key: SigningKey
  readonly #server: Server

  constructor(alg: Algorithm, canary: string) {
    this.key = pairs[alg]
    this.canary = canary
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy())
    })
  }

  get previous(): Login | undefined {
    return this.logins.at(-2)
  }

  async listen(): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening))
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/v2`
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((closed) => this.#server.close(() => closed()))
  }

  rotate(kid = `${this.key.kid}:${this.calls.jwks}${this.calls.token}`): SigningKey {
    this.key = makeKey(this.key.alg, kid)
    return this.key
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer)
    const endpoint = routes[url.pathname]
    if (!endpoint) return void response.writeHead(404).end()
    this.calls[endpoint] += 1
    const body = request.method === 'POST' ? await text(request) : ''
    const answer = this.#honest(endpoint, url, body, request.headers.authorization ?? '')
    this.fault.answer?.[endpoint]?.(answer, this, body || url.search)
    const send = this.fault.send?.[endpoint] ?? plainly
    send(response, answer, (bytes) => {
      this.sent += bytes
    })
  }

  #honest(endpoint: Endpoint, url: URL, body: string, authorization: string): Answer {
    if (endpoint === 'discovery') return json(this.#metadata())
    if (endpoint === 'jwks') return json(this.#keySet(), 'application/jwk-set+json; charset=utf-8')
    if (endpoint === 'authorize') return this.#authorize(url.searchParams)
    if (endpoint === 'token') return this.#token(new URLSearchParams(body))
    if (endpoint === 'userinfo') return this.#userinfo(authorization)
    return this.#logout(url.searchParams)
  }

  #metadata(): unknown {
    const document = metadata(this.issuer)
    const bent = this.fault.metadata?.(document, this)
    return bent === undefined ? document : bent
  }

  #keySet(): unknown {
    const other = this.key.alg === 'ES256' ? pairs.RS256 : pairs.ES256
    const set = { keys: [other.jwk, this.key.jwk] as unknown[] }
    const bent = this.fault.keySet?.(set, this)
    return bent === undefined ? set : bent
  }

  #authorize(query: URLSearchParams): Answer {
    this.asked.push({ endpoint: 'authorize', parameters: query })
    const refusal = this.pkce ? refusalWithoutPkce(query) : refusalOfAuthorize(query)
    if (refusal) return { status: 400, headers: { 'content-type': 'text/html' }, body: refusal }
    const login = openLogin(query, this.sub)
    this.logins.push(login)
    const back = new URLSearchParams({ code: login.code, state: login.state, iss: this.issuer })
    const replaced = this.fault.callback?.(back, login, this)
    const location = login.redirectUri + (typeof replaced === 'string' ? replaced : `?${back}`)
    return { status: 303, headers: { location }, body: '' }
  }

  #token(form: URLSearchParams): Answer {
    this.asked.push({ endpoint: 'token', parameters: form })
    const login = this.logins.findLast((one) => one.code === form.get('code'))
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return json({ error: 'invalid_client', error_description: 'client authentication failed' }, undefined, 401)
    }
    if (!login || login.codeUsed || login.redirectUri !== form.get('redirect_uri')) {
      return json({ error: 'invalid_grant', error_description: 'grant request is invalid' }, undefined, 400)
    }
    if (this.pkce && !isVerifierOf(login.codeChallenge, form.get('code_verifier'))) {
      return json({ error: 'invalid_grant', error_description: 'PKCE verification failed' }, undefined, 400)
    }
    login.codeUsed = true
    const idToken = draft(idTokenClaims(this.issuer, clientId, login), this.key)
    this.fault.idToken?.(idToken, login, this)
    login.idToken = serialize(idToken)
    const tokens: Record<string, unknown> = {
      access_token: login.accessToken,
      expires_in: 60,
      id_token: login.idToken,
      scope: login.scope,
      token_type: 'Bearer'
    }
    return json(this.fault.tokens?.(tokens, login, this) ?? tokens)
  }

  #userinfo(authorization: string): Answer {
    const login = this.logins.findLast((one) => authorization === `Bearer ${one.accessToken}`)
    if (!login) return json({ error: 'invalid_token', error_description: 'invalid token provided' }, undefined, 401)
    const claims = draft(userinfoClaims(this.issuer, clientId, login), this.key)
    this.fault.userinfo?.(claims, login, this)
    login.userinfo = serialize(claims)
    return { status: 200, headers: { 'content-type': 'application/jwt; charset=utf-8' }, body: login.userinfo }
  }

  #logout(query: URLSearchParams): Answer {
    this.asked.push({ endpoint: 'logout', parameters: query })
    const back = new URLSearchParams()
    const state = query.get('state')
    if (state) back.set('state', state)
    this.fault.afterLogout?.(back)
    const location = `${query.get('post_logout_redirect_uri')}?${back}`
    return { status: 303, headers: { location }, body: '' }
  }
}

function json(value: unknown, type = 'application/json; charset=utf-8', status = 200): Answer {
  return { status, headers: { 'content-type': type, 'cache-control': 'no-store' }, body: JSON.stringify(value) }
}

export async function startProvider(options: { alg?: Algorithm; canary?: string } = {}): Promise<HostileProvider> {
  const provider = new HostileProvider(options.alg ?? 'ES256', options.canary ?? 'http://127.0.0.1:9')
  await provider.listen()
  return provider
}
