import type { Case } from '../case.ts'
import type { Fault } from '../fault.ts'

type Callback = NonNullable<Fault['callback']>

/** A callback that must be refused before any request to the provider. */
function refused(
  name: string,
  line: string,
  does: string,
  callback: Callback,
  expect: Case['expect'],
  or?: Case['expect']
): Case {
  return { name, line, does, fault: { callback }, expect, or, calls: { token: 0, userinfo: 0, jwks: 0 } }
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
const provider = 'FST_FC_PROVIDER_ERROR'

const state: Case[] = [
  refused('state-missing', 'A2', 'callback without state', drop('state'), invalid, notFound),
  refused('state-altered', 'A2', 'state with a character more', (q, l) => q.set('state', `${l.state}1`), notFound),
  refused('state-empty', 'A2', 'empty state', put('state', ''), invalid, notFound),
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
    invalid,
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
  refused('state-long', 'A2', 'state of 8 KB', put('state', 'a'.repeat(8192)), notFound, invalid),
  refused('state-proto', 'A2', 'state named __proto__', put('state', '__proto__'), notFound, invalid)
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

const error =
  (code: string, text = 'User auth aborted'): Callback =>
  (query) => {
    query.delete('code')
    query.set('error', code)
    query.set('error_description', text)
  }

const script = '<script>alert(1)</script><img src=x onerror=alert(1)>'

const errors: Case[] = [
  refused(
    'error-access-denied',
    'A12',
    'access_denied: the citizen left',
    error('access_denied'),
    'FST_FC_LOGIN_REFUSED'
  ),
  refused('error-login-required', 'A12', 'login_required', error('login_required'), provider),
  refused(
    'error-temporarily-unavailable',
    'A12',
    'temporarily_unavailable',
    error('temporarily_unavailable'),
    provider
  ),
  refused('error-server-error', 'A12', 'server_error', error('server_error'), provider),
  refused(
    'error-invalid-scope',
    'A12',
    'invalid_scope',
    error('invalid_scope', 'requested scope is not allowed'),
    provider
  ),
  refused('error-invalid-acr', 'A12', 'invalid_acr', error('invalid_acr', 'acr_value is not valid'), provider),
  refused('error-unknown-code', 'A12', 'an error that nobody knows', error('Y000000'), provider),
  refused('error-proto-code', 'A12', 'an error named __proto__', error('__proto__'), provider),
  refused('error-constructor-code', 'A12', 'an error named constructor', error('constructor'), provider),
  refused(
    'error-without-state',
    'A13',
    'an error without state',
    (q, l, p) => {
      error('server_error')(q, l, p)
      q.delete('state')
    },
    provider,
    invalid
  ),
  refused(
    'error-wrong-state',
    'A13',
    'an error with the state of nobody',
    (q, l, p) => {
      error('server_error')(q, l, p)
      q.set('state', 'f'.repeat(64))
    },
    provider,
    notFound
  ),
  refused(
    'error-state-undefined',
    'A13',
    'invalid_idp_hint with state=undefined',
    (q, l, p) => {
      error('invalid_idp_hint')(q, l, p)
      q.set('state', 'undefined')
    },
    provider,
    notFound
  ),
  refused(
    'error-wrong-iss',
    'A10',
    'an error from another issuer',
    (q, l, p) => {
      error('access_denied')(q, l, p)
      q.set('iss', 'https://autre.example')
    },
    invalid
  ),
  refused(
    'error-and-code',
    'A14',
    'an error and a code',
    (q) => {
      q.set('error', 'access_denied')
    },
    'FST_FC_LOGIN_REFUSED',
    invalid
  ),
  refused('error-empty', 'A12', 'an empty error and no code', error(''), invalid, provider),
  refused(
    'error-duplicated',
    'A12',
    'error twice',
    (q, l, p) => {
      error('server_error')(q, l, p)
      q.append('error', 'access_denied')
    },
    invalid
  ),
  refused(
    'error-xss',
    'S15',
    'markup in error and error_description',
    (q, l, p) => error(script, script)(q, l, p),
    provider,
    invalid
  ),
  refused(
    'error-crlf',
    'S16',
    'line breaks in error and error_description',
    (q, l, p) => error('a\r\nSet-Cookie: a=b', 'b\r\nLocation: https://evil.example')(q, l, p),
    provider,
    invalid
  ),
  refused(
    'error-log-forging',
    'S17',
    'a forged log line, terminal escapes, text turned round',
    (q, l, p) => error('x\n{"level":30,"msg":"forged"}', '\u001b[2J\u202eforged')(q, l, p),
    provider,
    invalid
  ),
  refused(
    'error-huge',
    'S17',
    'an error_description of 10 KB',
    (q, l, p) => error('server_error', 'x'.repeat(10_000))(q, l, p),
    provider
  )
]

const responses: Case[] = [
  refused('response-empty', 'A2', 'a callback without a query', () => '', invalid, notFound),
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
    invalid,
    notFound
  ),
  refused('response-in-fragment', 'A15', 'the answer in the fragment', (q) => `#${q}`, invalid, notFound),
  refused('response-malformed-percent', 'A2', 'a query that is not well encoded', (q) => `?${q}&x=%E0%A4%A&%`, invalid)
]

const accepted = (name: string, does: string, callback: Callback): Case => ({
  name,
  line: 'A16',
  does,
  fault: { callback },
  expect: 'login'
})

const extras: Case[] = [
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

/** A query badly encoded beside a good code may also be read as RFC 3986 tolerates it. */
export const authorizationResponses: Case[] = [...state, ...issuer, ...errors, ...responses, ...extras].map((one) =>
  one.name === 'response-malformed-percent' ? { ...one, or: 'login', calls: {} } : one
)
