import type { Accepted, Case } from '../case.ts'
import type { Answer, Login, Surroundings } from '../fault.ts'

type Tokens = Record<string, unknown>

const failed = 'FST_FC_TOKEN_REQUEST_FAILED'
const noLogin = { calls: { token: 1, userinfo: 0 } }

function body(
  name: string,
  line: string,
  does: string,
  tokens: (tokens: Tokens, login: Login) => unknown,
  rest: Partial<Case> = {}
): Case {
  return { name, line, does, fault: { tokens }, expect: failed, ...noLogin, ...rest }
}

function answered(
  name: string,
  line: string,
  does: string,
  token: (answer: Answer, p: Surroundings, form: string) => void,
  rest: Partial<Case> = {}
): Case {
  return { name, line, does, fault: { answer: { token } }, expect: failed, ...noLogin, ...rest }
}

const put = (name: string, value: unknown) => (tokens: Tokens) => {
  tokens[name] = value
}
const drop = (name: string) => (tokens: Tokens) => void delete tokens[name]
const text =
  (body: string, type = 'application/json') =>
  (answer: Answer) => {
    answer.headers = { 'content-type': type }
    answer.body = body
  }
const oauthError =
  (error: string, status = 400, description = 'refused') =>
  (answer: Answer) => {
    answer.status = status
    answer.body = JSON.stringify({ error, error_description: description })
  }

const shapes: Case[] = [
  answered('token-500', 'N4', 'an internal error', (a) => {
    a.status = 500
    a.body = 'Internal Server Error'
    a.headers = { 'content-type': 'text/plain' }
  }),
  answered('token-503-retry-after', 'N4', 'maintenance for an hour', (a) => {
    a.status = 503
    a.headers = { 'retry-after': '3600', 'content-type': 'application/json' }
    a.body = '{}'
  }),
  answered('token-malformed-json', 'N4', 'half a JSON', text('{"access_token":"a')),
  answered('token-html', 'N4', 'an HTML page', text('<!doctype html><p>Erreur', 'text/html')),
  answered('token-empty-body', 'N4', 'nothing', text('')),
  answered('token-json-array', 'N4', 'an array', text('[]')),
  answered('token-json-null', 'N4', 'null', text('null')),
  answered(
    'token-form-encoded',
    'N4',
    'a form in place of JSON',
    text('access_token=a&token_type=Bearer', 'application/x-www-form-urlencoded')
  ),
  answered('token-wrong-content-type', 'N4', 'JSON labelled text/plain', (a) => {
    a.headers = { 'content-type': 'text/plain' }
  }),
  answered('token-status-201', 'N4', 'the right tokens with status 201', (a) => {
    a.status = 201
  })
]

const members: Case[] = [
  body('token-missing-access-token', 'N5', 'no access token', drop('access_token')),
  body('token-access-token-not-string', 'N5', 'an access token that is a number', put('access_token', 12)),
  body('token-access-token-empty', 'N5', 'an empty access token', put('access_token', '')),
  body('token-access-token-crlf', 'N5', 'line breaks and a forged header in the access token', (tokens, login) => {
    login.accessToken = `${login.accessToken}\r\nX-Forged: 1`
    tokens['access_token'] = login.accessToken
  }),
  body(
    'token-access-token-unicode',
    'N5',
    'letters that no header carries',
    put('access_token', 'jeton-\u2028-é-\ud83d\ude00')
  ),
  body('token-type-missing', 'N5', 'no token_type', drop('token_type')),
  body('token-type-wrong', 'N5', 'token_type mac', put('token_type', 'mac')),
  body('token-type-dpop', 'N5', 'a token bound to a key that we do not have', put('token_type', 'DPoP')),
  body('token-type-not-string', 'N5', 'token_type as an array', put('token_type', ['Bearer'])),
  body('token-missing-id-token', 'N5', 'no ID Token', drop('id_token'), { expect: 'FST_FC_ID_TOKEN_INVALID' }),
  body('token-id-token-null', 'N5', 'a null ID Token', put('id_token', null), { expect: 'FST_FC_ID_TOKEN_INVALID' }),
  body('token-id-token-array', 'N5', 'the ID Token in an array', (t) => put('id_token', [t['id_token']])(t), {
    expect: 'FST_FC_ID_TOKEN_INVALID'
  }),
  body('token-error-200', 'N5', 'an error with status 200', () => ({ error: 'invalid_grant' })),
  body('token-type-case', 'N5', 'token_type BEARER', put('token_type', 'BEARER'), { expect: 'login', calls: {} })
]

const bounded = ({ tokenLife }: Accepted): string | undefined =>
  tokenLife >= 0 && tokenLife <= 3601 ? undefined : `a token trusted for ${tokenLife} s`

const normalised = (name: string, does: string, change: (tokens: Tokens) => void, rest: Partial<Case> = {}): Case =>
  body(name, 'N5', does, change, { expect: 'login', calls: {}, accepted: bounded, ...rest })

const lifeAndScope: Case[] = [
  normalised('token-expires-in-missing', 'no expires_in', drop('expires_in')),
  normalised('token-expires-in-string', 'expires_in as a string', put('expires_in', '60')),
  normalised('token-expires-in-negative', 'expires_in below zero', put('expires_in', -60)),
  normalised('token-expires-in-zero', 'expires_in zero', put('expires_in', 0)),
  normalised('token-expires-in-huge', 'expires_in of thirty thousand years', put('expires_in', 1e12)),
  normalised('token-expires-in-object', 'expires_in as an object', put('expires_in', { seconds: 60 })),
  normalised('token-scope-missing', 'no scope: the one asked was granted', drop('scope')),
  normalised('token-scope-reduced', 'a scope less than asked', put('scope', 'openid given_name'), {
    accepted: ({ scope }) => (scope.join(' ') === 'openid given_name' ? undefined : `scope shown: ${scope}`)
  }),
  normalised('token-scope-array', 'scope as an array', put('scope', ['openid'])),
  normalised('token-extra-members', 'a refresh token and unknown members', (tokens) => {
    Object.assign(tokens, { refresh_token: 'jeton-de-rafraichissement', inconnu: { a: 1 } })
  })
]

const echo = (answer: Answer, provider: Surroundings, form: string): void =>
  oauthError('invalid_client', 401, `${form} ${provider.clientSecret}`)(answer)

const oauthErrors: Case[] = [
  answered('token-error-invalid-grant', 'N6', 'invalid_grant', oauthError('invalid_grant'), {
    expect: 'FST_FC_CODE_REJECTED'
  }),
  answered('token-error-invalid-client', 'N6', 'invalid_client', oauthError('invalid_client', 401)),
  answered(
    'token-error-invalid-client-metadata',
    'N6',
    'invalid_client_metadata: our keys could not be read',
    oauthError('invalid_client_metadata')
  ),
  answered(
    'token-error-xss',
    'N6',
    'markup in the error',
    oauthError('<script>alert(1)</script>', 400, '<img src=x onerror=alert(1)>')
  ),
  answered('token-error-echoes-secret', 'N6', 'our request, secret included, in the error', echo),
  answered('token-error-echoes-secret-as-code', 'N6', 'our secret as the error code', (a, p) =>
    oauthError(p.clientSecret)(a)
  ),
  answered('token-error-not-string', 'N6', 'an error that is an object', (a) => {
    a.status = 400
    a.body = '{"error":{"code":1}}'
  }),
  answered('token-error-proto', 'N6', 'an error named __proto__', oauthError('__proto__')),
  answered(
    'token-error-without-error',
    'N6',
    'a 400 without the error member, as when the signing service is down',
    (a) => {
      a.status = 400
      a.body = '{"error_description":"undefined (undefined)"}'
    }
  )
]

const pollution: Case[] = [
  answered(
    'token-proto-pollution',
    'N8',
    '__proto__ among the tokens',
    (a) => {
      a.body = `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},${String(a.body).slice(1)}`
    },
    { expect: 'login', calls: {} }
  ),
  answered(
    'token-deep-json',
    'N8',
    'a member nested 50,000 deep',
    (a) => {
      a.body = `{"profond":${'['.repeat(50_000)}${']'.repeat(50_000)},${String(a.body).slice(1)}`
    },
    { expect: 'login', calls: {} }
  ),
  answered(
    'token-set-cookie',
    'N9',
    'a cookie with the tokens',
    (a) => {
      a.headers = { ...a.headers, 'set-cookie': 'forge=1; Path=/' }
    },
    { expect: 'login', calls: {} }
  ),
  {
    name: 'userinfo-set-cookie',
    line: 'N9',
    does: 'a cookie and a redirect header with userinfo',
    fault: {
      answer: {
        userinfo: (a) => {
          a.headers = { ...a.headers, 'set-cookie': 'forge=1', location: 'https://evil.example', refresh: '0' }
        }
      }
    },
    expect: 'login'
  }
]

export const tokenAnswers: Case[] = [...shapes, ...members, ...lifeAndScope, ...oauthErrors, ...pollution]
