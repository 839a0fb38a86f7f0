import { generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { Test } from 'tap'
import { createDiscovery } from '../src/discovery.ts'
import { createHttp } from '../src/http/http.ts'
import { createKeys } from '../src/jwt/keys.ts'
import { createSignatureCheck } from '../src/jwt/signature.ts'

export type Alg = 'ES256' | 'RS256'

export interface Pair {
  jwk: JsonWebKey & { kid?: string }
  privateKey: KeyObject
}

/** A signing key pair, its public half as a provider publishes it. */
export function signingPair(alg: Alg, kid?: string, bits = 2048): Pair {
  const made =
    alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: bits })
  return {
    jwk: { ...made.publicKey.export({ format: 'jwk' }), alg, use: 'sig', ...(kid ? { kid } : {}) },
    privateKey: made.privateKey
  }
}

/** A compact JWS. */
export function jws(pair: Pair, header: Record<string, unknown>, payload: unknown = { sub: 'x' }): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

/** A provider's discovery document and keys over HTTP, bent by the test; and the checks that read them. */
export async function keyServer(t: Test, alg: Alg = 'ES256') {
  const state = {
    keys: [] as unknown[],
    metadata: {} as Record<string, unknown>,
    answer: null as ((response: ServerResponse, url: string) => void) | null,
    calls: [] as string[]
  }
  const server = createServer((request, response) => {
    state.calls.push(request.url!)
    if (state.answer) return state.answer(response, request.url!)
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify(request.url!.includes('well-known') ? { ...document, ...state.metadata } : { keys: state.keys })
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}/api/v2`
  const document: Record<string, unknown> = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: `${issuer}/session/end`
  }
  const http = createHttp({ timeout: 500, inSequence: true })
  const discovery = createDiscovery(issuer, http)
  const signature = createSignatureCheck(alg, createKeys(alg, discovery, http))
  t.teardown(async () => {
    await http.close()
    server.closeAllConnections()
    server.close()
  })
  const verify = (text: string) => signature.verify(text)
  return {
    state,
    issuer,
    document,
    http,
    discovery,
    verify,
    fetches: () => state.calls.filter((url) => url.endsWith('/jwks')).length
  }
}
