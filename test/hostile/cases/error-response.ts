import type { Case } from '../case.ts'
import type { Fault } from '../fault.ts'

type Callback = NonNullable<Fault['callback']>

/** A callback that must be refused before any request to the provider. */
function refused(name: string, line: string, does: string, callback: Callback, expect: Case['expect']): Case {
  return { name, line, does, fault: { callback }, expect, calls: { token: 0, userinfo: 0, jwks: 0 } }
}

const invalid = 'FST_FC_CALLBACK_INVALID'
const notFound = 'FST_FC_ATTEMPT_NOT_FOUND'
const provider = 'FST_FC_PROVIDER_ERROR'

const error =
  (code: string, text = 'User auth aborted'): Callback =>
  (query) => {
    query.delete('code')
    query.set('error', code)
    query.set('error_description', text)
  }

const script = '<script>alert(1)</script><img src=x onerror=alert(1)>'

export const errorResponses: Case[] = [
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
    notFound
  ),
  refused(
    'error-wrong-state',
    'A13',
    'an error with the state of nobody',
    (q, l, p) => {
      error('server_error')(q, l, p)
      q.set('state', 'f'.repeat(64))
    },
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
    provider
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
    'FST_FC_LOGIN_REFUSED'
  ),
  refused('error-empty', 'A12', 'an empty error and no code', error(''), invalid),
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
    provider
  ),
  refused(
    'error-crlf',
    'S16',
    'line breaks in error and error_description',
    (q, l, p) => error('a\r\nSet-Cookie: a=b', 'b\r\nLocation: https://evil.example')(q, l, p),
    provider
  ),
  refused(
    'error-log-forging',
    'S17',
    'a forged log line, terminal escapes, text turned round',
    (q, l, p) => error('x\n{"level":30,"msg":"forged"}', '\u001b[2J\u202eforged')(q, l, p),
    provider
  ),
  refused(
    'error-huge',
    'S17',
    'an error_description of 10 KB',
    (q, l, p) => error('server_error', 'x'.repeat(10_000))(q, l, p),
    provider
  )
]
