import type { Case } from '../case.ts'
import type { Fault } from '../fault.ts'

type Callback = NonNullable<Fault['callback']>

/** A callback that must be refused before any request to the provider. */
function refused(name: string, line: string, does: string, callback: Callback, expect: Case['expect']): Case {
  return { name, line, does, fault: { callback }, expect, calls: { token: 0, userinfo: 0, jwks: 0 } }
}

const put =
  (name: string, value: string): Callback =>
  (query) =>
    void query.set(name, value)
const more =
  (name: string, value: string): Callback =>
  (query) =>
    void query.append(name, value)
const drop =
  (name: string): Callback =>
  (query) =>
    void query.delete(name)

const invalid = 'FST_FC_CALLBACK_INVALID'
const notFound = 'FST_FC_ATTEMPT_NOT_FOUND'

const state: Case[] = [
  refused('state-missing', 'A2', 'callback without state', drop('state'), notFound),
  refused('state-altered', 'A2', 'state with a character more', (q, l) => q.set('state', `${l.state}1`), notFound),
  refused('state-empty', 'A2', 'empty state', put('state', ''), notFound),
  refused('state-case', 'A2', 'state in capitals', (q, l) => q.set('state', l.state.toUpperCase()), notFound),
  refused('state-undefined', 'A2', 'code with state=undefined', put('state', 'undefined'), notFound),
  refused(
    'state-array',
    'A2',
    'state[] in place of state',
    (q, l) => {
      q.delete('state')
      q.set('state[]', l.state)
    },
    notFound
  ),
  refused('state-duplicated', 'A2', 'state twice', (q, l) => q.append('state', l.state), invalid),
  refused('state-duplicated-other', 'A2', 'the right state, then another', more('state', 'autre'), invalid),
  {
    ...refused(
      'state-of-previous-login',
      'A4',
      'state of the login before',
      (q, _l, p) => {
        q.set('state', p.previous?.state ?? '')
      },
      notFound
    ),
    warm: true
  },
  refused('state-long', 'A2', 'state of 8 KB', put('state', 'a'.repeat(8192)), notFound),
  refused('state-proto', 'A2', 'state named __proto__', put('state', '__proto__'), notFound)
]

const issuer: Case[] = [
  refused('iss-wrong', 'A10', 'another issuer in the callback', (q, _l, p) => q.set('iss', `${p.issuer}1`), invalid),
  refused('iss-missing', 'A10', 'no iss where it is announced', drop('iss'), invalid),
  refused('iss-empty', 'A10', 'empty iss', put('iss', ''), invalid),
  refused('iss-trailing-slash', 'A10', 'iss with a slash more', (q, _l, p) => q.set('iss', `${p.issuer}/`), invalid),
  refused(
    'iss-capitals',
    'A10',
    'iss with HTTP in capitals',
    (q, _l, p) => q.set('iss', p.issuer.replace('http', 'HTTP')),
    invalid
  ),
  refused('iss-duplicated', 'A10', 'iss twice', (q, _l, p) => q.append('iss', p.issuer), invalid)
]

const responses: Case[] = [
  refused('response-empty', 'A2', 'a callback without a query', () => '', invalid),
  refused('response-missing-code', 'A2', 'neither code nor error', drop('code'), invalid),
  refused('response-empty-code', 'A2', 'an empty code', put('code', ''), invalid),
  refused('response-code-duplicated', 'A2', 'code twice', more('code', 'autre'), invalid),
  refused(
    'response-code-array',
    'A2',
    'code[] in place of code',
    (q, l) => {
      q.delete('code')
      q.set('code[]', l.code)
    },
    invalid
  ),
  refused(
    'response-implicit-tokens',
    'A15',
    'tokens in place of a code',
    (q, l) => {
      q.delete('code')
      q.set('access_token', l.accessToken)
      q.set('id_token', 'a.b.c')
      q.set('token_type', 'Bearer')
    },
    invalid
  ),
  refused(
    'response-jarm',
    'A15',
    'the answer as one JWT',
    (q, l) => `?response=${l.code}.${q.get('state')}.${l.accessToken}`,
    invalid
  ),
  refused('response-in-fragment', 'A15', 'the answer in the fragment', (q) => `#${q}`, invalid)
]

const accepted = (name: string, does: string, callback: Callback): Case => ({
  name,
  line: 'A16',
  does,
  fault: { callback },
  expect: 'login'
})

const extras: Case[] = [
  accepted(
    'response-malformed-percent',
    'a parameter more that is not well encoded',
    (query) => `?${query}&x=%E0%A4%A&%`
  ),
  accepted('response-extra-session-state', 'a session_state and an unknown parameter more', (query) => {
    query.set('session_state', 'abc')
    query.set('inconnu', 'abc')
  }),
  accepted('response-proto-params', 'parameters named after members of every object', (query) => {
    query.set('__proto__[polluted]', 'true')
    query.set('__proto__', 'polluted')
    query.set('constructor', 'polluted')
  })
]

export const authorizationResponses: Case[] = [...state, ...issuer, ...responses, ...extras]
