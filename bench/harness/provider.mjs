// A local OpenID provider in the shape of FranceConnect, and the data API, as light as can be so that it is never what
// is measured. An access token is `<j|s><user>.<random>`: `j` gets userinfo as a signed JWT, `s` (client ids ending in
// "-json") as bare JSON. GET /__stats answers and resets the counters, /__tamper?id|ui|nonce forges the next answers.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { claimsOf, subOf } from './citizen.mjs'

const port = Number(process.env.PORT)
const issuer = `http://127.0.0.1:${port}/api/v2`
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = { key: privateKey, dsaEncoding: 'ieee-p1363' }
const kid = 'bench'
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const header = encode({ alg: 'ES256', typ: 'JWT', kid })
const metadata = JSON.stringify({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  end_session_endpoint: `${issuer}/session/end`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code'],
  subject_types_supported: ['pairwise'],
  scopes_supported: ['openid', 'given_name', 'family_name', 'email'],
  acr_values_supported: ['eidas1'],
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  id_token_signing_alg_values_supported: ['ES256', 'RS256'],
  userinfo_signing_alg_values_supported: ['ES256', 'RS256'],
  authorization_response_iss_parameter_supported: true
})
const keySet = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' }] })
const rows = Array.from({ length: 9 }, (_, i) => ({ annee: 2010 + i, montant: 1234.5 + i, libelle: 'x'.repeat(40) }))
const counters = { config: 0, jwks: 0, token: 0, userinfo: 0, data: 0, connections: 0, errors: 0 }
const codes = new Map()
let tampered = ''

function jwt(claims, forged) {
  const signed = `${header}.${encode(claims)}`
  const signature = sign('sha256', Buffer.from(signed), key)
  if (forged) signature[20] ^= 1
  return `${signed}.${signature.toString('base64url')}`
}
function answer(response, status, type, body) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
}
const json = 'application/json; charset=utf-8'
function refuse(response, status, error) {
  counters.errors++
  answer(response, status, json, JSON.stringify({ error }))
}
function userOf(request) {
  const token = /^Bearer ([js]\d{8})\./i.exec(request.headers.authorization ?? '')?.[1]
  return token && { signed: token[0] === 'j', user: Number(token.slice(1)) }
}

function authorize(request, response, query) {
  const redirectUri = query.get('redirect_uri')
  const state = query.get('state')
  if (query.get('response_type') !== 'code' || !redirectUri || !state || !query.get('scope')?.startsWith('openid'))
    return refuse(response, 400, 'invalid_request')
  const code = randomBytes(32).toString('base64url')
  const user = Number(request.headers['x-bench-user'] ?? 0)
  codes.set(code, { nonce: query.get('nonce') ?? undefined, client: query.get('client_id'), redirectUri, user })
  const back = new URLSearchParams({ code, state, iss: issuer })
  response.writeHead(302, { location: `${redirectUri}?${back}`, 'content-length': 0 }).end()
}

function token(request, response, body) {
  const form = new URLSearchParams(body)
  let [client, secret] = [form.get('client_id'), form.get('client_secret')]
  const { authorization } = request.headers
  if (authorization?.startsWith('Basic '))
    [client, secret] = Buffer.from(authorization.slice(6), 'base64').toString().split(':').map(decodeURIComponent)
  if (secret !== 'bench-secret-0123456789') return refuse(response, 401, 'invalid_client')
  const login = codes.get(form.get('code'))
  codes.delete(form.get('code'))
  if (login?.client !== client || login.redirectUri !== form.get('redirect_uri'))
    return refuse(response, 400, 'invalid_grant')
  const kind = client.endsWith('-json') ? 's' : 'j'
  const accessToken = `${kind}${String(login.user).padStart(8, '0')}.${randomBytes(24).toString('base64url')}`
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    sub: subOf(login.user),
    auth_time: now,
    acr: 'eidas1',
    nonce: tampered === 'nonce' ? 'another' : login.nonce,
    at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
    aud: client,
    exp: now + 60,
    iat: now,
    iss: issuer
  }
  const tokens = {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: 60,
    scope: 'openid given_name family_name email',
    id_token: jwt(claims, tampered === 'id')
  }
  response.setHeader('cache-control', 'no-store')
  answer(response, 200, json, JSON.stringify(tokens))
}

function userinfo(request, response) {
  const bearer = userOf(request)
  if (!bearer) return refuse(response, 401, 'invalid_token')
  if (!bearer.signed) return answer(response, 200, json, JSON.stringify(claimsOf(bearer.user)))
  const now = Math.floor(Date.now() / 1000)
  const claims = { ...claimsOf(bearer.user), aud: 'bench-client', exp: now + 60, iat: now, iss: issuer }
  answer(response, 200, 'application/jwt; charset=utf-8', jwt(claims, tampered === 'ui'))
}

function data(request, response, path) {
  const bearer = userOf(request)
  if (!bearer) return refuse(response, 401, 'invalid_token')
  answer(response, 200, json, JSON.stringify({ api: Number(path.slice(6)), user: bearer.user, rows }))
}

function count(name, then) {
  return (...given) => {
    counters[name]++
    then(...given)
  }
}
const routes = {
  '/api/v2/.well-known/openid-configuration': count('config', (_, response) => answer(response, 200, json, metadata)),
  '/api/v2/jwks': count('jwks', (_, response) => answer(response, 200, json, keySet)),
  '/api/v2/authorize': (request, response, query) => authorize(request, response, new URLSearchParams(query)),
  '/api/v2/token': count('token', (request, response) => {
    let body = ''
    request
      .setEncoding('latin1')
      .on('data', (chunk) => {
        body += chunk
      })
      .on('end', () => token(request, response, body))
  }),
  '/api/v2/userinfo': count('userinfo', userinfo),
  '/__stats': (_, response) => {
    answer(response, 200, json, JSON.stringify(counters))
    for (const name of Object.keys(counters)) counters[name] = 0
  },
  '/__tamper': (_, response, query) => {
    tampered = query
    answer(response, 200, json, '{}')
  }
}
const dataRoute = count('data', data)

const server = createServer((request, response) => {
  const [path, query = ''] = request.url.split('?', 2)
  if (path.startsWith('/data/')) return dataRoute(request, response, path)
  const route = routes[path]
  if (route) return route(request, response, query)
  refuse(response, 404, 'not_found')
})
server.keepAliveTimeout = 120e3
server.on('connection', () => {
  counters.connections++
})
server.listen(port, '127.0.0.1', 4096, () => console.log('READY'))
