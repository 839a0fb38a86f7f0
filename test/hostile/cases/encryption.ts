import { deflateRawSync } from 'node:zlib'
import type { Case } from '../case.ts'
import type { Fault } from '../fault.ts'
import { type Envelope, encrypt, recipient } from '../jwe.ts'
import { base64url, type Draft } from '../jwt.ts'
import { pairs } from '../keys.ts'
import { rsaPair } from '../rsa-pair.ts'

type Wrap = (jwt: Draft) => void

const sealed =
  (envelope: Envelope = {}): Wrap =>
  (jwt) => {
    jwt.finish = (text) => encrypt(text, envelope)
  }

const options = { acrValues: 'eidas2' as const, decryptionKeys: [recipient.privateJwk] }

const honest: Fault = { idToken: sealed(), userinfo: sealed() }

/** A provider that encrypts as FranceConnect+ does, its ID Token bent. */
function refused(name: string, does: string, idToken: Wrap): Case {
  return {
    name,
    line: 'T11',
    does,
    fault: { idToken, userinfo: sealed() },
    expect: 'FST_FC_ID_TOKEN_INVALID',
    options,
    honest,
    calls: { userinfo: 0 }
  }
}

const turned = (at: number) => (parts: string[]) =>
  parts.map((part, i) => (i === at ? (part.startsWith('A') ? 'B' : 'A') + part.slice(1) : part))

export const encryptions: Case[] = [
  { ...refused('jwe-honest', 'encrypts as FranceConnect+ does', sealed()), expect: 'login', calls: {} },
  {
    ...refused('jwe-kid-missing', 'no kid in the envelope, as for a key published without one', () => {}),
    fault: { idToken: sealed({ header: { kid: undefined } }), userinfo: sealed() },
    expect: 'login',
    calls: {}
  },
  refused('jwe-missing', 'a signed ID Token that is not encrypted', () => {}),
  {
    ...refused('jwe-userinfo-missing', 'a signed userinfo that is not encrypted', () => {}),
    fault: { idToken: sealed() },
    expect: 'FST_FC_USERINFO_INVALID',
    calls: {}
  },
  refused('jwe-other-recipient', 'encrypted for another service', sealed({ publicKey: stranger() })),
  refused('jwe-kid-unknown', 'a kid that is not ours', sealed({ header: { kid: 'inconnu' } })),
  refused('jwe-rsa1-5', 'the padding of PKCS #1 v1.5', sealed({ header: { alg: 'RSA1_5' }, oaepHash: null })),
  refused('jwe-rsa1-5-named-oaep', 'that padding under the name of RSA-OAEP-256', sealed({ oaepHash: null })),
  refused('jwe-enc-weaker', 'another content encryption announced', sealed({ header: { enc: 'A128GCM' } })),
  refused('jwe-alg-dir', 'alg dir', sealed({ header: { alg: 'dir' } })),
  refused(
    'jwe-crit',
    'a critical extension in the envelope',
    sealed({ header: { crit: ['urn:inconnu'], 'urn:inconnu': 1 } })
  ),
  refused('jwe-tampered-text', 'the ciphertext changed', sealed({ finish: turned(3) })),
  refused('jwe-tampered-tag', 'the tag changed', sealed({ finish: turned(4) })),
  refused(
    'jwe-short-tag',
    'a tag of four bytes',
    sealed({ finish: (parts) => [...parts.slice(0, 4), (parts[4] ?? '').slice(0, 6)] })
  ),
  refused(
    'jwe-garbage-header',
    'an envelope whose header is not JSON',
    sealed({ finish: ([, ...rest]) => ['e30x', ...rest] })
  ),
  refused('jwe-inner-unsigned', 'alg none inside the envelope', (jwt) => {
    jwt.header = { alg: 'none' }
    jwt.sign = () => Buffer.alloc(0)
    sealed()(jwt)
  }),
  refused('jwe-inner-wrong-key', 'signed by a stranger inside the envelope', (jwt) => {
    jwt.key = pairs.strangerES256
    sealed()(jwt)
  }),
  refused('jwe-inner-plain-claims', 'claims that are not signed at all inside the envelope', (jwt) => {
    sealed({ content: () => Buffer.from(JSON.stringify(jwt.claims)) })(jwt)
  }),
  refused('jwe-nested-twice', 'an envelope inside the envelope', (jwt) => {
    jwt.finish = (text) => encrypt(encrypt(text))
  }),
  refused(
    'jwe-zip-bomb',
    'compressed content of 6 MB',
    sealed({ header: { zip: 'DEF' }, content: () => deflateRawSync(Buffer.alloc(6 * 1024 * 1024, 'a')) })
  ),
  refused('jwe-huge', 'an encrypted ID Token of 40 KB', (jwt) => {
    jwt.claims['padding'] = base64url('a'.repeat(20_000))
    sealed()(jwt)
  })
]

function stranger() {
  return rsaPair('stranger-encryption').publicKey
}
