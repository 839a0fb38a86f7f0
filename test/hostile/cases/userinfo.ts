import { createHmac } from 'node:crypto'
import type { Case } from '../case.ts'
import type { Answer, Fault, Login, Surroundings } from '../fault.ts'
import { base64url, type Draft } from '../jwt.ts'
import { pairs, signWith } from '../keys.ts'

type Change = (jwt: Draft, login: Login, provider: Surroundings) => void

function refused(name: string, line: string, does: string, userinfo: Change, rest: Partial<Case> = {}): Case {
  return { name, line, does, fault: { userinfo }, expect: 'FST_FC_USERINFO_INVALID', ...rest }
}

function answered(name: string, line: string, does: string, userinfo: (answer: Answer) => void): Case {
  const fault: Fault = { answer: { userinfo } }
  return { name, line, does, fault, expect: 'FST_FC_USERINFO_INVALID' }
}

const claims = (members: Record<string, unknown>) => (jwt: Draft) => void Object.assign(jwt.claims, members)
const drop = (name: string) => (jwt: Draft) => void delete jwt.claims[name]
const now = (): number => Math.floor(Date.now() / 1000)

const signature: Case[] = [
  refused('userinfo-wrong-key', 'T14', 'signed by a key that is not published', (jwt) => {
    jwt.key = pairs.strangerES256
  }),
  refused('userinfo-bad-signature', 'T14', 'one bit of the signature turned', (jwt) => {
    jwt.sign = (input) => {
      const made = signWith(jwt.key, input)
      made[3] = (made[3] ?? 0) ^ 1
      return made
    }
  }),
  refused('userinfo-payload-tampered', 'T14', 'another name under the signature of the first', (jwt) => {
    jwt.finish = (text) => {
      const [header, , made] = text.split('.')
      return `${header}.${base64url(JSON.stringify({ ...jwt.claims, family_name: 'AUTRE' }))}.${made}`
    }
  }),
  refused('userinfo-hs256-bad-mac', 'T14', 'HS256 with a random MAC', (jwt) => {
    jwt.header = { alg: 'HS256' }
    jwt.sign = (input) => createHmac('sha256', 'au hasard').update(input).digest()
  }),
  refused('userinfo-unsigned-jwt', 'T14', 'alg none', (jwt) => {
    jwt.header = { alg: 'none' }
    jwt.sign = () => Buffer.alloc(0)
  }),
  refused('userinfo-alg-switched', 'T14', 'RS256 with a published key where ES256 is registered', (jwt) => {
    jwt.key = pairs.RS256
    jwt.header = { alg: 'RS256', kid: pairs.RS256.kid }
  }),
  answered('userinfo-json-unsigned', 'T15', 'plain JSON in place of the signed JWT', (answer) => {
    const [, payload = ''] = String(answer.body).split('.')
    answer.headers = { 'content-type': 'application/json' }
    answer.body = Buffer.from(payload, 'base64url').toString()
  }),
  answered('userinfo-json-evil', 'T15', 'plain JSON of somebody else', (answer) => {
    answer.headers = { 'content-type': 'application/json' }
    answer.body = JSON.stringify({ sub: 'victime', family_name: 'VICTIME' })
  })
]

const binding: Case[] = [
  refused('userinfo-sub-mismatch', 'T16', 'userinfo of somebody else, well signed', claims({ sub: 'victime' })),
  refused('userinfo-missing-sub', 'T16', 'no sub', drop('sub')),
  refused('userinfo-sub-array', 'T16', 'sub as an array', (jwt) => {
    jwt.claims['sub'] = [jwt.claims['sub']]
  }),
  refused('userinfo-wrong-iss', 'T16', 'another issuer', claims({ iss: 'https://autre.example' })),
  refused('userinfo-wrong-aud', 'T16', 'for another client', claims({ aud: 'autre' })),
  refused('userinfo-expired', 'T16', 'expired a minute ago', (jwt) => {
    jwt.claims['exp'] = now() - 60
  }),
  refused('userinfo-missing-iss', 'T16', 'no iss', drop('iss')),
  refused('userinfo-missing-aud', 'T16', 'no aud', drop('aud')),
  refused('userinfo-missing-exp', 'T16', 'no exp', drop('exp')),
  refused('userinfo-exp-string', 'T16', 'exp as a string', (jwt) => {
    jwt.claims['exp'] = String(now() + 60)
  }),
  {
    ...refused('userinfo-is-id-token', 'T12', 'the ID Token in place of userinfo', () => {}),
    fault: {
      userinfo: (jwt, login) => {
        jwt.finish = () => login.idToken
      }
    }
  },
  refused('userinfo-of-previous-login', 'T16', 'userinfo of the citizen before', () => {}, {
    warm: true,
    fault: {
      userinfo: (jwt, _login, provider) => {
        jwt.claims['sub'] = 'un-autre-citoyen'
        jwt.finish = (text) => provider.previous?.userinfo.replace(/\.[^.]*$/, `.${text.split('.')[2]}`) ?? text
      }
    }
  })
]

const shape: Case[] = [
  answered('userinfo-not-jwt', 'T11', 'a word in place of the JWT', (answer) => {
    answer.body = 'bonjour'
  }),
  answered('userinfo-empty-body', 'N4', 'an empty body', (answer) => {
    answer.body = ''
  }),
  answered('userinfo-html', 'N4', 'an HTML page labelled application/jwt', (answer) => {
    answer.body = '<!doctype html><title>Erreur</title>'
  }),
  answered('userinfo-wrong-content-type', 'N4', 'the JWT labelled text/plain', (answer) => {
    answer.headers = { 'content-type': 'text/plain' }
  }),
  answered('userinfo-401', 'N4', 'invalid_token, as after thirty seconds', (answer) => {
    answer.status = 401
    answer.headers = { 'content-type': 'application/json', 'www-authenticate': 'Bearer error="invalid_token"' }
    answer.body = '{"error":"invalid_token","error_description":"grant not found"}'
  })
]

const kept = (name: string, value: unknown) => (login: { claims: Record<string, unknown> }) =>
  JSON.stringify(login.claims[name]) === JSON.stringify(value) ? undefined : `${name} was not kept as sent`

function verbatim(name: string, does: string, members: Record<string, unknown>, seen: [string, unknown]): Case {
  return refused(name, 'T17', does, claims(members), { expect: 'login', accepted: kept(...seen) })
}

const html = '<script>alert(1)</script>'

const hostileClaims: Case[] = [
  verbatim('userinfo-html-claims', 'markup in the name', { family_name: html }, ['family_name', html]),
  verbatim(
    'userinfo-crlf-claims',
    'line breaks and a forged header in the name',
    { family_name: 'A\r\nSet-Cookie: a=b' },
    ['family_name', 'A\r\nSet-Cookie: a=b']
  ),
  verbatim('userinfo-null-claims', 'null in place of the identity', { family_name: null, birthdate: null }, [
    'birthdate',
    null
  ]),
  verbatim('userinfo-wrong-types', 'numbers and arrays in place of strings', { gender: 3, birthplace: ['a'] }, [
    'gender',
    3
  ]),
  verbatim('userinfo-unicode', 'text turned round, surrogates, NUL', { family_name: '\u202eEIRAM\u0000\ud83d' }, [
    'family_name',
    '\u202eEIRAM\u0000\ud83d'
  ]),
  verbatim('userinfo-then-claim', 'a claim named then', JSON.parse('{"then":"plus tard"}'), ['then', 'plus tard']),
  refused(
    'userinfo-missing-pivot',
    'T17',
    'nothing but sub',
    (jwt) => {
      const { sub, aud, exp, iat, iss } = jwt.claims
      jwt.claims = { sub, aud, exp, iat, iss }
    },
    { expect: 'login' }
  ),
  refused(
    'userinfo-proto-claims',
    'N8',
    '__proto__ among the claims',
    (jwt) => {
      jwt.payload = `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},${JSON.stringify(jwt.claims).slice(1)}`
    },
    { expect: 'login' }
  ),
  refused('userinfo-large', 'T17', '200 KB of claims', claims({ padding: 'a'.repeat(200_000) }), {
    expect: 'FST_FC_USERINFO_INVALID'
  })
]

const subProto: Case = {
  name: 'sub-proto',
  line: 'T3',
  does: 'sub is __proto__',
  fault: { idToken: claims({ sub: '__proto__' }), userinfo: claims({ sub: '__proto__' }) },
  expect: 'login',
  accepted: (login) => (login.sub === '__proto__' ? undefined : 'sub changed')
}

export const userinfo: Case[] = [...signature, ...binding, ...shape, ...hostileClaims, subProto]
