import { generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CompactEncrypt } from 'jose'
import type { Test } from 'tap'

export const clientId = 'hostile-suite-town'
export const clientSecret = 'hostile-suite-secret-of-32-characters-or-more'
export const consumer = 'hostile-suite-service'

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The town's own key, and its public half as it would publish it. */
const townPair = pair()
export const decryptionKey = townPair.privateKey.export({ format: 'jwk' }) as JsonWebKey & { kty: string }

export const citizen = {
  gender: 'female',
  family_name: 'DUBOIS-HOSTILE',
  given_name: 'Angela Claire Louise',
  given_name_array: ['Angela', 'Claire', 'Louise'],
  birthdate: '1962-08-24',
  birthplace: '75107',
  birthcountry: '99100'
}

export type Members = Record<string, unknown>

/** What is bent in an answer of checktoken. Nothing: an honest one. */
export interface Bend {
  /** The introspection. */
  token?: (honest: Members) => unknown
  /** The claims around it. */
  claims?: (honest: Members) => Members
  header?: Members
  key?: KeyObject
  /** The signed JWT. */
  jws?: (honest: string) => string
  encryption?: { alg?: string; enc?: string; key?: KeyObject }
  /** The encrypted JWT, or what stands in its place. */
  jwe?: (honest: string, jws: string) => string
  /** The whole exchange. */
  answer?: (response: ServerResponse, honest: string, request: IncomingMessage) => void
  /** The keys published. */
  keys?: (honest: JsonWebKey[]) => unknown
}

export interface HostileFranceConnect {
  issuer: string
  bend: Bend
  /** Bodies received by checktoken. */
  asked: URLSearchParams[]
  keysRead: number
  /** New signing keys, under the same kid. */
  rotate(): void
}

/** FranceConnect as a data provider sees it, honest as long as nothing is bent. */
export async function startFranceConnect(t: Test): Promise<HostileFranceConnect> {
  let signing = pair()
  const kid = 'pkcs11:ES256:hsm'
  const state: HostileFranceConnect = {
    issuer: '',
    bend: {},
    asked: [],
    keysRead: 0,
    rotate: () => {
      signing = pair()
    }
  }
  const jwk = () => ({ ...signing.publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' })

  function introspection(token: string): Members {
    const iat = Math.floor(Date.now() / 1000)
    const about = {
      aud: consumer,
      sub: 'hostile-suite-sub-0123456789v1',
      iat,
      exp: iat + 60,
      acr: 'eidas1',
      jti: token
    }
    return { active: true, ...about, scope: 'ville_solde', ...citizen }
  }

  async function answerTo(token: string): Promise<string> {
    const { bend } = state
    const honest = introspection(token)
    const token_introspection = bend.token ? bend.token(honest) : honest
    const around = { token_introspection, iat: Math.floor(Date.now() / 1000), iss: state.issuer, aud: clientId }
    const signed = `${encoded({ alg: 'ES256', kid, ...bend.header })}.${encoded(bend.claims ? bend.claims(around) : around)}`
    const key = { key: bend.key ?? signing.privateKey, dsaEncoding: 'ieee-p1363' } as const
    const made = `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
    const jws = bend.jws ? bend.jws(made) : made
    const { alg = 'ECDH-ES', enc = 'A256GCM', key: recipient = townPair.publicKey } = bend.encryption ?? {}
    const jwe = await new CompactEncrypt(Buffer.from(jws)).setProtectedHeader({ alg, enc }).encrypt(recipient)
    return bend.jwe ? bend.jwe(jwe, jws) : jwe
  }

  const server = createServer(async (request, response) => {
    const { bend, issuer } = state
    if (request.url?.endsWith('/openid-configuration')) {
      return response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks` }))
    }
    if (request.url?.endsWith('/jwks')) {
      state.keysRead += 1
      return response.end(JSON.stringify({ keys: bend.keys ? bend.keys([jwk()]) : [jwk()] }))
    }
    let body = ''
    for await (const chunk of request) body += chunk
    const parameters = new URLSearchParams(body)
    state.asked.push(parameters)
    const honest = await answerTo(parameters.get('token') ?? '')
    if (bend.answer) return bend.answer(response, honest, request)
    response.writeHead(200, { 'content-type': 'application/token-introspection+jwt' }).end(honest)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  state.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return state
}
