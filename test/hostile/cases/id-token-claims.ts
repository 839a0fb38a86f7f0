import type { Case } from '../case.ts'
import type { Login, Surroundings } from '../fault.ts'

type Claims = Record<string, unknown>
type Change = (claims: Claims, login: Login, provider: Surroundings) => void

function refused(name: string, line: string, does: string, change: Change, rest: Partial<Case> = {}): Case {
  const fault = {
    idToken: (jwt: { claims: Claims }, login: Login, provider: Surroundings) => change(jwt.claims, login, provider)
  }
  return { name, line, does, fault, expect: 'FST_FC_ID_TOKEN_INVALID', calls: { userinfo: 0 }, ...rest }
}

function accepted(name: string, line: string, does: string, change: Change, rest: Partial<Case> = {}): Case {
  return refused(name, line, does, change, { expect: 'login', calls: {}, ...rest })
}

const now = (): number => Math.floor(Date.now() / 1000)
const drop = (name: string) => (claims: Claims) => void delete claims[name]
const put = (name: string, value: unknown) => (claims: Claims) => {
  claims[name] = value
}

const issuerAndAudience: Case[] = [
  refused('wrong-iss', 'T1', 'ID Token of another issuer', (c, _l, p) => put('iss', `${p.issuer}1`)(c)),
  refused('missing-iss', 'T1', 'ID Token without iss', drop('iss')),
  refused('iss-trailing-slash-id-token', 'T1', 'iss with a slash more', (c, _l, p) => put('iss', `${p.issuer}/`)(c)),
  refused('iss-array', 'T1', 'iss as an array', (c, _l, p) => put('iss', [p.issuer])(c)),
  refused('wrong-aud', 'T1', 'ID Token for another client', (c, _l, p) => put('aud', `${p.clientId}1`)(c)),
  refused('missing-aud', 'T1', 'ID Token without aud', drop('aud')),
  refused('aud-empty-array', 'T1', 'aud is an empty array', put('aud', [])),
  refused('aud-array-extra-no-azp', 'T1', 'two audiences and no azp', (c, _l, p) =>
    put('aud', [p.clientId, 'autre'])(c)
  ),
  refused('aud-array-wrong-azp', 'T1', 'two audiences and the azp of the other', (c, _l, p) => {
    c['aud'] = [p.clientId, 'autre']
    c['azp'] = 'autre'
  }),
  refused('azp-wrong-single-aud', 'T1', 'one audience and the azp of another client', put('azp', 'autre')),
  accepted('aud-array-single', 'T1', 'aud is an array of our client alone', (c, _l, p) => put('aud', [p.clientId])(c)),
  accepted('azp-right', 'T1', 'azp is our client', (c, _l, p) => put('azp', p.clientId)(c))
]

const time: Case[] = [
  refused('expired', 'T2', 'ID Token expired a minute ago', (c) => {
    c['exp'] = now() - 60
    c['iat'] = now() - 120
  }),
  refused('missing-exp', 'T2', 'ID Token without exp', drop('exp')),
  refused('exp-string', 'T2', 'exp as a string', (c) => put('exp', String(now() + 60))(c)),
  refused('exp-negative', 'T2', 'exp before 1970', put('exp', -1)),
  refused('nbf-future', 'T2', 'ID Token not valid before an hour', (c) => put('nbf', now() + 3600)(c)),
  refused('iat-string', 'T2', 'iat as a string', (c) => put('iat', String(now()))(c)),
  refused('missing-iat', 'T2', 'ID Token without iat', drop('iat')),
  refused('iat-future', 'T2', 'ID Token issued in an hour', (c) => {
    c['iat'] = now() + 3600
    c['exp'] = now() + 3660
  }),
  accepted('expired-within-skew', 'T2', 'expired five seconds ago, ten are tolerated', (c) => put('exp', now() - 5)(c)),
  accepted('iat-ahead-within-skew', 'T2', 'issued in five seconds, ten are tolerated', (c) => put('iat', now() + 5)(c)),
  accepted(
    'exp-huge',
    'S11',
    'ID Token that expires in 2286: the session does not last longer for it',
    (c) => put('exp', 9_999_999_999)(c),
    { accepted: ({ life }) => (life === 4 * 3600 ? undefined : `a login of ${life} s`) }
  )
]

const subject: Case[] = [
  refused('missing-sub', 'T3', 'ID Token without sub', drop('sub')),
  refused('empty-sub', 'T3', 'empty sub', put('sub', '')),
  refused('sub-number', 'T3', 'sub as a number', put('sub', 42)),
  refused('sub-too-long', 'T3', 'sub of 256 characters', put('sub', 'a'.repeat(256))),
  refused('sub-array', 'T3', 'sub as an array', (c) => put('sub', [c['sub']])(c))
]

const level: Case[] = [
  refused('acr-lower', 'T4', 'eidas1 given where eidas2 was asked', put('acr', 'eidas1'), {
    options: { acrValues: 'eidas2' },
    expect: 'FST_FC_ACR_TOO_LOW'
  }),
  refused('acr-missing', 'T4', 'ID Token without acr', drop('acr')),
  refused('acr-unknown', 'T4', 'acr that no table knows', put('acr', 'eidas9'), { expect: 'FST_FC_ACR_TOO_LOW' }),
  refused('acr-array', 'T4', 'acr as an array', put('acr', ['eidas1'])),
  refused('acr-prototype', 'T4', 'acr named after a member of every object', put('acr', 'constructor'), {
    expect: 'FST_FC_ACR_TOO_LOW'
  }),
  accepted('acr-higher', 'T4', 'eidas3 given where eidas2 was asked', put('acr', 'eidas3'), {
    options: { acrValues: 'eidas2' }
  })
]

const nonce: Case[] = [
  refused('wrong-nonce', 'A9', 'nonce with a character more', (c, l) => put('nonce', `${l.nonce}1`)(c), {
    expect: 'FST_FC_CODE_REJECTED'
  }),
  refused('missing-nonce', 'A9', 'ID Token without nonce', drop('nonce')),
  refused('nonce-array', 'A9', 'nonce as an array', (c, l) => put('nonce', [l.nonce])(c), {
    expect: 'FST_FC_CODE_REJECTED'
  }),
  refused(
    'nonce-of-previous-login',
    'A9',
    'nonce of the login before',
    (c, _l, p) => put('nonce', p.previous?.nonce)(c),
    {
      warm: true,
      expect: 'FST_FC_CODE_REJECTED'
    }
  )
]

const crossed: Case[] = [
  refused('logout-token-as-id-token', 'T12', 'a logout token in place of the ID Token', (c) => {
    delete c['nonce']
    c['events'] = { 'http://schemas.openid.net/event/backchannel-logout': {} }
    c['jti'] = 'abc'
  }),
  refused('at-hash-wrong', 'T13', 'at_hash of another access token', put('at_hash', 'AAAAAAAAAAAAAAAAAAAAAA')),
  accepted('id-token-proto-claims', 'T17', 'claims named after members of every object', (c) => {
    Object.assign(c, JSON.parse('{"constructor":{"prototype":{"polluted":true}},"toString":"x","then":"x"}'))
  })
]

export const idTokenClaims: Case[] = [...issuerAndAudience, ...time, ...subject, ...level, ...nonce, ...crossed]
