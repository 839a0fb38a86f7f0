import { createHmac } from 'node:crypto'
import type { Case } from '../case.ts'
import type { Fault, Surroundings } from '../fault.ts'
import { base64url, type Draft } from '../jwt.ts'
import { pairs, signWith } from '../keys.ts'

type Forge = (jwt: Draft, provider: Surroundings) => void

function refused(name: string, line: string, does: string, forge: Forge, rest: Partial<Case> = {}): Case {
  const fault: Fault = { idToken: (jwt, _login, provider) => forge(jwt, provider) }
  return { name, line, does, fault, expect: 'FST_FC_ID_TOKEN_INVALID', calls: { userinfo: 0 }, ...rest }
}

const unsigned = (header: Record<string, unknown>) => (jwt: Draft) => {
  jwt.header = header
  jwt.sign = () => Buffer.alloc(0)
}

const hmac = (secret: (provider: Surroundings) => string | Buffer) => (jwt: Draft, provider: Surroundings) => {
  jwt.header = { alg: 'HS256' }
  jwt.sign = (input) => createHmac('sha256', secret(provider)).update(input).digest()
}

const tampered = (jwt: Draft) => {
  jwt.finish = (text) => {
    const [header, , signature] = text.split('.')
    return `${header}.${base64url(JSON.stringify({ ...jwt.claims, sub: 'victime' }))}.${signature}`
  }
}

const none: Case[] = [
  refused('alg-none', 'T5', 'unsigned ID Token, alg none', unsigned({ alg: 'none' })),
  refused('alg-none-mixed-case', 'T5', 'alg nOnE', unsigned({ alg: 'nOnE' })),
  refused('alg-missing', 'T5', 'header without alg', unsigned({ kid: 'pkcs11:ES256:hsm' })),
  refused('alg-null', 'T5', 'alg null', unsigned({ alg: null })),
  {
    ...refused('alg-none-advertised', 'T5', 'alg none, announced in the metadata', () => {}),
    fault: {
      metadata: (document) => {
        document['id_token_signing_alg_values_supported'] = ['none', 'ES256']
        document['userinfo_signing_alg_values_supported'] = ['none', 'ES256']
      },
      idToken: unsigned({ alg: 'none' })
    }
  }
]

const pem = (): string => pairs.ES256.publicKey.export({ type: 'spki', format: 'pem' }) as string

const confusion: Case[] = [
  refused(
    'alg-hs256-client-secret',
    'T6',
    'HMAC with the client secret',
    hmac((p) => p.clientSecret)
  ),
  refused(
    'alg-hs256-bad-mac',
    'T6',
    'HS256 with a random MAC',
    hmac(() => 'au hasard')
  ),
  refused('alg-hs256-public-key', 'T6', 'HMAC keyed by the public key in PEM', hmac(pem)),
  refused(
    'alg-hs256-jwk-json',
    'T6',
    'HMAC keyed by the public JWK',
    hmac((p) => JSON.stringify(p.key.jwk))
  ),
  {
    ...refused('jwks-symmetric-key', 'T6', 'a symmetric key in the key set and an HMAC made with it', () => {}),
    fault: {
      keySet: (set) => void set.keys.unshift({ kty: 'oct', kid: 'oct', k: base64url('clef'), alg: 'HS256' }),
      idToken: (jwt) => {
        jwt.header = { alg: 'HS256', kid: 'oct' }
        jwt.sign = (input) => createHmac('sha256', 'clef').update(input).digest()
      }
    }
  },
  refused('alg-switched', 'T6', 'RS256 with a published key where ES256 is registered', (jwt) => {
    jwt.key = pairs.RS256
    jwt.header = { alg: 'RS256', kid: pairs.RS256.kid }
  }),
  refused(
    'alg-switched-to-es256',
    'T6',
    'ES256 with a published key where RS256 is registered',
    (jwt) => {
      jwt.key = pairs.ES256
      jwt.header = { alg: 'ES256', kid: pairs.ES256.kid }
    },
    { alg: 'RS256' }
  )
]

const flipped = (jwt: Draft) => {
  jwt.sign = (input) => {
    const signature = signWith(jwt.key, input)
    signature[10] = (signature[10] ?? 0) ^ 1
    return signature
  }
}

const signature: Case[] = [
  refused('bad-signature', 'T7', 'one bit of the signature turned', flipped),
  refused('bad-signature-rs256', 'T7', 'one bit of an RS256 signature turned', flipped, { alg: 'RS256' }),
  refused('signature-stripped', 'T7', 'ES256 with an empty signature', (jwt) => {
    jwt.sign = () => Buffer.alloc(0)
  }),
  refused('signature-zero', 'T7', 'a signature of zeros (CVE-2022-21449)', (jwt) => {
    jwt.sign = () => Buffer.alloc(64)
  }),
  refused('signature-der', 'T7', 'the signature in ASN.1 form', (jwt) => {
    jwt.sign = (input) => signWith(jwt.key, input, 'der')
  }),
  refused('payload-tampered', 'T7', 'another sub under the signature of the first', tampered),
  refused('wrong-key', 'T7', 'signed by a key that is not published, under a published kid', (jwt) => {
    jwt.key = pairs.strangerES256
  })
]

const keyChoice: Case[] = [
  refused('kid-unknown', 'T8', 'a kid that is not published', (jwt) => {
    jwt.key = pairs.strangerES256
    jwt.header = { alg: 'ES256', kid: 'inconnu' }
  }),
  refused('kid-path-traversal', 'T8', 'a kid that is a path', (jwt) => {
    jwt.key = pairs.strangerES256
    jwt.header = { alg: 'ES256', kid: '../../../../dev/null' }
  }),
  refused('kid-not-string', 'T8', 'a kid that is an object', (jwt) => {
    jwt.key = pairs.strangerES256
    jwt.header = { alg: 'ES256', kid: { $ne: null } }
  }),
  refused('jwk-embedded', 'T8', 'its own key in the header (CVE-2018-0114)', (jwt) => {
    jwt.key = pairs.strangerES256
    jwt.header = { alg: 'ES256', jwk: pairs.strangerES256.jwk }
  }),
  refused('jku-header', 'T8', 'the address of its keys in the header', (jwt, provider) => {
    jwt.key = pairs.strangerES256
    jwt.header = { alg: 'ES256', kid: 'a', jku: `${provider.canary}/jwks`, x5u: `${provider.canary}/x5u` }
  }),
  refused('kid-missing', 'T8', 'no kid, signed by a key that is not published', (jwt) => {
    jwt.key = pairs.strangerES256
    jwt.header = { alg: 'ES256' }
  })
]

const raw = (text: (jwt: string) => string) => (jwt: Draft) => {
  jwt.finish = text
}

const shape: Case[] = [
  refused('crit-header', 'T11', 'a critical extension that nobody knows', (jwt) => {
    jwt.header = { ...jwt.header, crit: ['urn:inconnu'], 'urn:inconnu': true }
  }),
  refused('b64-false', 'T11', 'payload not encoded (RFC 7797)', (jwt) => {
    jwt.header = { ...jwt.header, b64: false, crit: ['b64'] }
  }),
  refused(
    'id-token-jwe',
    'T11',
    'five parts where no key to decrypt was configured',
    raw(() => `${base64url('{"alg":"RSA-OAEP-256","enc":"A256GCM"}')}.YQ.YQ.YQ.YQ`)
  ),
  refused(
    'id-token-not-jwt',
    'T11',
    'a word in place of the ID Token',
    raw(() => 'bonjour')
  ),
  refused(
    'id-token-two-parts',
    'T11',
    'two parts',
    raw((text) => text.split('.').slice(0, 2).join('.'))
  ),
  refused('id-token-payload-not-object', 'T11', 'a signed array', (jwt) => {
    jwt.payload = '["sub"]'
  }),
  refused('id-token-garbage-payload', 'T11', 'a signed payload that is not JSON', (jwt) => {
    jwt.payload = '{"sub":'
  }),
  refused('id-token-huge', 'T18', 'a signed ID Token of 20 KB', (jwt) => {
    jwt.claims['padding'] = 'a'.repeat(15_000)
  })
]

const replayed: Case = {
  name: 'id-token-replayed',
  line: 'A9',
  does: 'the ID Token of the login before',
  warm: true,
  fault: {
    tokens: (tokens, _login, provider) => {
      tokens['id_token'] = provider.previous?.idToken
    }
  },
  expect: 'FST_FC_CODE_REJECTED',
  calls: { userinfo: 0 }
}

export const idTokenSignature: Case[] = [...none, ...confusion, ...signature, ...keyChoice, ...shape, replayed]
