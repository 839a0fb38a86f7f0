import { createHmac, generateKeyPairSync } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { type Bend, clientId, type Members } from './france-connect.ts'

export interface Fault {
  name: string
  bend: Bend
  status: number
  code: string
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const seconds = () => Math.floor(Date.now() / 1000)
const type = { 'content-type': 'application/token-introspection+jwt' }
const payloadOf = (jws: string) => jws.split('.')[1]!

const invalid = (name: string, bend: Bend): Fault => ({
  name,
  bend,
  status: 502,
  code: 'FST_FC_PROVIDER_INVALID_RESPONSE'
})
const down = (name: string, bend: Bend): Fault => ({ name, bend, status: 503, code: 'FST_FC_PROVIDER_UNAVAILABLE' })
const ours = (name: string, bend: Bend): Fault => ({
  name,
  bend,
  status: 502,
  code: 'FST_FC_PROVIDER_CREDENTIALS_FAILED'
})
const dead = (name: string, bend: Bend): Fault => ({ name, bend, status: 401, code: 'FST_FC_PROVIDER_TOKEN_INVALID' })
const scope = (name: string, bend: Bend): Fault => ({ name, bend, status: 403, code: 'FST_FC_PROVIDER_SCOPE_MISSING' })
const token = (change: Members) => ({ token: (honest: Members) => ({ ...honest, ...change }) })
const claims = (change: Members) => ({ claims: (honest: Members) => ({ ...honest, ...change }) })

export const signatures: Fault[] = [
  invalid('signed by another key', { key: stranger.privateKey }),
  invalid('signed by another key, embedded', {
    key: stranger.privateKey,
    header: { jwk: stranger.publicKey.export({ format: 'jwk' }) }
  }),
  invalid('a kid that is not published', { header: { kid: 'other' } }),
  invalid('payload changed after the signature', {
    jws: (jws) => jws.replace(payloadOf(jws), encoded({ token_introspection: { active: true } }))
  }),
  invalid('alg none', { jws: (jws) => `${encoded({ alg: 'none' })}.${payloadOf(jws)}.` }),
  invalid('alg none with a signature', { header: { alg: 'none' } }),
  invalid('RS256 in place of ES256', { header: { alg: 'RS256' } }),
  invalid('HS256 under our own secret', {
    jws: (jws) => {
      const signed = `${encoded({ alg: 'HS256' })}.${payloadOf(jws)}`
      return `${signed}.${createHmac('sha256', 'hostile-suite-secret-of-32-characters-or-more').update(signed).digest('base64url')}`
    }
  }),
  invalid('crit', { header: { crit: ['x'], x: 1 } }),
  invalid('another type of JWT', { header: { typ: 'logout+jwt' } }),
  invalid('not a JWT inside', { jws: () => 'hello' }),
  invalid('a payload that is no object', { jws: (jws) => jws.replace(payloadOf(jws), encoded([1])) })
]

export const encryptions: Fault[] = [
  invalid('not encrypted', { jwe: (_, jws) => jws }),
  invalid('the introspection as JSON', { jwe: () => JSON.stringify({ active: true, scope: 'ville_solde' }) }),
  ours('encrypted for another', { encryption: { key: stranger.publicKey } }),
  invalid('A128GCM', { encryption: { enc: 'A128GCM' } }),
  invalid('RSA-OAEP in place of ECDH-ES', { encryption: { alg: 'RSA-OAEP', key: rsa.publicKey } }),
  invalid('ECDH-ES+A256KW', { encryption: { alg: 'ECDH-ES+A256KW' } }),
  ours('ciphertext changed', {
    jwe: (jwe) =>
      jwe
        .split('.')
        .map((part, index) => (index === 3 ? `${part.slice(0, -4)}AAAA` : part))
        .join('.')
  }),
  invalid('a header that is no JSON', { jwe: (jwe) => `AAAA.${jwe.split('.').slice(1).join('.')}` }),
  invalid('an empty answer', { jwe: () => '' })
]

export const envelopes: Fault[] = [
  invalid('iss of another', claims({ iss: 'https://oidc.franceconnect.gouv.fr/api/v2' })),
  invalid('iss missing', claims({ iss: undefined })),
  invalid('aud of another data provider', claims({ aud: 'another' })),
  invalid('aud of two', claims({ aud: [clientId, 'another'] })),
  invalid('aud missing', claims({ aud: undefined })),
  invalid('iat missing', claims({ iat: undefined })),
  invalid('iat as a text', claims({ iat: '1' })),
  invalid('iat an hour ago: an answer of before', claims({ iat: seconds() - 3600 })),
  invalid('iat in an hour', claims({ iat: seconds() + 3600 })),
  invalid('exp in the past', claims({ exp: seconds() - 3600 })),
  invalid('nbf in the future', claims({ nbf: seconds() + 3600 })),
  invalid('no introspection', claims({ token_introspection: undefined })),
  invalid('an introspection that is a list', { token: () => [] })
]

export const introspections: Fault[] = [
  dead('active false', { token: () => ({ active: false }) }),
  dead('active false with everything else', token({ active: false })),
  invalid('active "true"', token({ active: 'true' })),
  invalid('active 1', token({ active: 1 })),
  invalid('active missing', token({ active: undefined })),
  dead('inner exp in the past', token({ exp: seconds() - 60 })),
  invalid('inner exp missing', token({ exp: undefined })),
  invalid('inner exp as a text', token({ exp: '9999999999' })),
  invalid('inner exp beyond time', token({ exp: 1e300 })),
  dead('not before in an hour', token({ nbf: seconds() + 3600 })),
  scope('no scope', token({ scope: '' })),
  scope('scopes of others', token({ scope: 'openid dgfip_rfr ville_solde_des_autres' })),
  scope('another of ours', token({ scope: 'ville_enfants' })),
  invalid('scope as a list', token({ scope: ['ville_solde'] })),
  invalid('scope missing', token({ scope: undefined })),
  invalid('sub missing', token({ sub: undefined })),
  invalid('sub as an object', token({ sub: { toString: 'x' } })),
  invalid('the service missing', token({ aud: undefined })),
  invalid('the service as a list', token({ aud: ['a'] })),
  invalid('acr missing', token({ acr: undefined })),
  invalid('first names as a text', token({ given_name_array: 'Angela' })),
  invalid('a first name as an object', token({ given_name_array: [{}] })),
  invalid('a birthdate as a number', token({ birthdate: 19620824 })),
  invalid('a family name of a megabyte', token({ family_name: 'x'.repeat(50_000) }))
]

const raw = (answer: NonNullable<Bend['answer']>): Bend => ({ answer })
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`

export const transports: Fault[] = [
  invalid(
    'another content type',
    raw((response, honest) => response.writeHead(200, { 'content-type': 'application/jwt' }).end(honest))
  ),
  invalid(
    'no content type',
    raw((response, honest) => response.writeHead(200).end(honest))
  ),
  invalid(
    'a page',
    raw((response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Maintenance</h1>'))
  ),
  invalid(
    'redirected',
    raw((response, honest) => response.writeHead(307, { ...type, location: '/api/v2/elsewhere' }).end(honest))
  ),
  invalid(
    'compressed',
    raw((response, honest) => response.writeHead(200, { ...type, 'content-encoding': 'gzip' }).end(gzipSync(honest)))
  ),
  invalid(
    'too long a JWT',
    raw((response) => response.writeHead(200, type).end('a'.repeat(100_000)))
  ),
  invalid('nested without end', {
    jwe: (jwe) => jwe,
    jws: (jws) => jws.replace(payloadOf(jws), Buffer.from(deep).toString('base64url'))
  }),
  invalid(
    'a body of megabytes',
    raw((response) => response.writeHead(200, type).end(Buffer.alloc(4_000_000, 97)))
  ),
  invalid(
    'a length of gigabytes',
    raw((response) => response.writeHead(200, { ...type, 'content-length': 4e9 }).flushHeaders())
  ),
  invalid(
    'bytes that are no text',
    raw((response) => response.writeHead(200, type).end(Buffer.from([0xff, 0xfe, 0x80])))
  ),
  down(
    'silent',
    raw(() => undefined)
  ),
  down(
    'dripping',
    raw((response) => {
      const timer = setInterval(() => response.write('a'), 50)
      response.writeHead(200, type).on('close', () => clearInterval(timer))
    })
  ),
  down(
    'cut',
    raw((response) => response.destroy())
  ),
  down(
    'cut in the middle',
    raw((response) => {
      response.writeHead(200, { ...type, 'content-length': 1000 }).write('a')
      setTimeout(() => response.destroy(), 20)
    })
  ),
  down(
    '500',
    raw((response) => response.writeHead(500).end('{"error":"server_error"}'))
  ),
  down(
    '503',
    raw((response) => response.writeHead(503).end('down'))
  ),
  down(
    '429',
    raw((response) => response.writeHead(429).end())
  ),
  ours(
    'our secret refused',
    raw((response) => response.writeHead(401).end('{"error":"invalid_client"}'))
  ),
  invalid(
    'our request refused',
    raw((response) => response.writeHead(400).end('{"error":"invalid_request"}'))
  ),
  invalid(
    '404',
    raw((response) => response.writeHead(404).end())
  ),
  invalid(
    '204',
    raw((response) => response.writeHead(204).end())
  )
]
