import type { Case } from '../case.ts'
import type { Fault, Surroundings } from '../fault.ts'
import { makeKey, pairs } from '../keys.ts'

type Keys = { keys: unknown[] }

function keySet(
  name: string,
  line: string,
  does: string,
  change: (set: Keys, p: Surroundings) => unknown,
  rest: Partial<Case> = {}
): Case {
  return {
    name,
    line,
    does,
    fault: { keySet: change },
    expect: 'FST_FC_UNAVAILABLE',
    calls: { userinfo: 0 },
    ...rest
  }
}

const without = (jwk: Record<string, unknown>, ...names: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(jwk).filter(([name]) => !names.includes(name)))

const noKid: Fault['idToken'] = (jwt) => void delete jwt.header['kid']

const choice: Case[] = [
  keySet(
    'jwks-kid-absent-single',
    'T8',
    'one key, no kid anywhere',
    (_set, p) => ({ keys: [without(p.key.jwk, 'kid')] }),
    {
      alg: 'RS256',
      expect: 'login',
      calls: {},
      fault: {
        keySet: (_set, p) => ({ keys: [without(p.key.jwk, 'kid')] }),
        idToken: noKid,
        userinfo: noKid
      }
    }
  ),
  keySet('jwks-kid-absent-multiple', 'T8', 'several keys, no kid anywhere', () => {}, {
    alg: 'RS256',
    expect: 'login',
    calls: {},
    fault: {
      keySet: (_set, p) => ({
        keys: [without(pairs.strangerRS256.jwk, 'kid'), without(p.key.jwk, 'kid')]
      }),
      idToken: noKid,
      userinfo: noKid
    }
  }),
  keySet(
    'jwks-duplicate-kid',
    'T8',
    'a foreign key under the same kid, before ours',
    (set) => {
      set.keys.unshift(pairs.strangerES256.jwk)
    },
    { expect: 'login', calls: {} }
  ),
  keySet('jwks-enc-only', 'T8', 'the signing key published for encryption only', (_set, p) => ({
    keys: [{ ...p.key.jwk, use: 'enc' }]
  })),
  keySet('jwks-weak-rsa', 'T8', 'an RSA key of 1,024 bits', () => {}, {
    alg: 'RS256',
    fault: {
      keySet: () => ({ keys: [weak().jwk] }),
      idToken: (jwt) => {
        jwt.key = weak()
      }
    }
  }),
  keySet('jwks-wrong-curve', 'T8', 'a point that is not on the curve', (_set, p) => ({
    keys: [{ ...p.key.jwk, x: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }]
  }))
]

let weakKey: ReturnType<typeof makeKey> | undefined
const weak = (): ReturnType<typeof makeKey> => {
  weakKey ??= makeKey('RS256', 'faible', 1024)
  return weakKey
}

const service: Case[] = [
  keySet('jwks-empty', 'T9', 'an empty key set', () => ({ keys: [] })),
  keySet('jwks-not-a-set', 'T9', 'an object without keys', () => ({ error: 'none' })),
  keySet('jwks-null', 'T9', 'null in place of the key set', () => 'null'),
  keySet(
    'jwks-garbage-members',
    'T9',
    'null, numbers and empty objects among the keys',
    (set) => {
      set.keys.unshift(null, 3, 'clef', {}, { kty: 'inconnu' }, { kty: 'EC', crv: 'P-256' })
    },
    { expect: 'login', calls: {} }
  ),
  keySet(
    'jwks-flood',
    'T9',
    'ten thousand foreign keys before ours (2 MB)',
    (set) => {
      set.keys.unshift(...Array.from({ length: 10_000 }, (_, i) => ({ ...pairs.strangerES256.jwk, kid: `k${i}` })))
    },
    {}
  ),
  keySet('jwks-proto-pollution', 'N8', '__proto__ in the key set', () => {}, {
    fault: {
      answer: {
        jwks: (answer) => {
          answer.body = `{"__proto__":{"polluted":true},${String(answer.body).slice(1)}`
        }
      }
    },
    expect: 'login',
    calls: {}
  })
]

const rotate =
  (kid?: string): NonNullable<Fault['idToken']> =>
  (jwt, _login, provider) => {
    jwt.key = (provider as Surroundings).rotate(kid)
    jwt.header = { alg: jwt.key.alg, kid: jwt.key.kid }
  }

function rotation(name: string, does: string, fault: Fault, warm: boolean): Case {
  return { name, line: '§1.2', does, fault, expect: 'login', warm, calls: { token: 1, userinfo: 1 } }
}

const rotations: Case[] = [
  rotation(
    'key-rotation-just-before-signing',
    'a new key right before the ID Token is signed',
    { idToken: rotate() },
    true
  ),
  rotation(
    'key-rotation-same-kid',
    'a new key under the kid of the old one',
    { idToken: rotate('pkcs11:ES256:hsm') },
    true
  ),
  rotation('key-rotation-before-userinfo', 'a new key between the ID Token and userinfo', { userinfo: rotate() }, true),
  rotation(
    'key-rotation-on-first-login',
    'a new key before the first ID Token of a cold server',
    { idToken: rotate() },
    false
  )
]

export const keySets: Case[] = [...choice, ...service, ...rotations]
