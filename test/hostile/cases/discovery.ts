import type { Case } from '../case.ts'
import type { Answer, Surroundings } from '../fault.ts'

type Metadata = Record<string, unknown>

const refused = { expect: 'FST_FC_UNAVAILABLE', calls: { token: 0, userinfo: 0, jwks: 0 } } as const

function metadata(
  name: string,
  line: string,
  does: string,
  change: (document: Metadata, p: Surroundings) => unknown,
  rest: Partial<Case> = {}
): Case {
  return { name, line, does, fault: { metadata: change }, ...refused, ...rest }
}

function answered(name: string, does: string, discovery: (answer: Answer) => void, rest: Partial<Case> = {}): Case {
  return { name, line: 'N10', does, fault: { answer: { discovery } }, ...refused, ...rest }
}

const put = (name: string, value: unknown) => (document: Metadata) => {
  document[name] = value
}
const drop = (name: string) => (document: Metadata) => void delete document[name]

const identity: Case[] = [
  metadata('discovery-issuer-mismatch', '§1.2', 'another issuer in the metadata', (d, p) =>
    put('issuer', `${p.issuer}INVALID`)(d)
  ),
  metadata('discovery-issuer-missing', 'N10', 'no issuer', drop('issuer')),
  metadata('discovery-issuer-trailing-slash', 'N10', 'the issuer with a slash more', (d, p) =>
    put('issuer', `${p.issuer}/`)(d)
  ),
  metadata('discovery-issuer-array', 'N10', 'the issuer in an array', (d, p) => put('issuer', [p.issuer])(d))
]

const missing: Case[] = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'].map((name) =>
  metadata(`discovery-missing-${name.replaceAll('_', '-')}`, 'N10', `no ${name}`, drop(name))
)

const addresses: Case[] = [
  metadata(
    'discovery-javascript-authorize',
    'N11',
    'javascript: as authorize',
    put('authorization_endpoint', 'javascript:alert(1)')
  ),
  metadata('discovery-data-authorize', 'N11', 'data: as authorize', put('authorization_endpoint', 'data:text/html,x')),
  metadata('discovery-file-token', 'N11', 'file: as token endpoint', put('token_endpoint', 'file:///etc/passwd')),
  metadata('discovery-file-jwks', 'N11', 'file: as jwks_uri', put('jwks_uri', 'file:///etc/passwd')),
  metadata(
    'discovery-plain-http-token',
    'N11',
    'plain http on a host that is not ours as token endpoint',
    put('token_endpoint', 'http://evil.example/token')
  ),
  metadata(
    'discovery-plain-http-jwks',
    'N11',
    'plain http on a host that is not ours as jwks_uri',
    put('jwks_uri', 'http://evil.example/jwks')
  ),
  metadata(
    'discovery-plain-http-userinfo',
    'N11',
    'plain http on a host that is not ours as userinfo',
    put('userinfo_endpoint', 'http://169.254.169.254/latest')
  ),
  metadata('discovery-relative-token', 'N11', 'a path as token endpoint', put('token_endpoint', '/token')),
  metadata('discovery-credentials-token', 'N11', 'a token endpoint that is a number', put('token_endpoint', 42)),
  metadata(
    'discovery-javascript-logout',
    'N11',
    'javascript: as end of session',
    put('end_session_endpoint', 'javascript:alert(1)')
  )
]

const shapes: Case[] = [
  answered('discovery-500', 'an internal error', (a) => {
    a.status = 500
  }),
  answered('discovery-404', 'not found', (a) => {
    a.status = 404
  }),
  answered('discovery-malformed', 'half a JSON', (a) => {
    a.body = String(a.body).slice(0, 100)
  }),
  answered('discovery-html', 'a maintenance page with status 200', (a) => {
    a.headers = { 'content-type': 'text/html' }
    a.body = '<!doctype html><p>Maintenance'
  }),
  answered('discovery-empty', 'nothing', (a) => {
    a.body = ''
  }),
  answered('discovery-array', 'an array', (a) => {
    a.body = '[]'
  }),
  answered('discovery-null', 'null', (a) => {
    a.body = 'null'
  }),
  answered(
    'discovery-deep-json',
    'a member nested 50,000 deep',
    (a) => {
      a.body = `{"profond":${'['.repeat(50_000)}${']'.repeat(50_000)},${String(a.body).slice(1)}`
    },
    { expect: 'login', calls: {} }
  ),
  answered(
    'discovery-proto-pollution',
    '__proto__ in the metadata',
    (a) => {
      a.body = `{"__proto__":{"polluted":true},${String(a.body).slice(1)}`
    },
    { expect: 'login', calls: {}, line: 'N8' }
  )
]

export const discoveries: Case[] = [...identity, ...missing, ...addresses, ...shapes]
