import t from 'tap'
import type { Row } from '../../src/session/store.ts'
import { Jar, navigation, open, sandboxFor, serviceFor, upToCallback } from '../service.ts'

function parseFailure(): unknown {
  try {
    return JSON.parse('{"compte":"Angela Dubois","dossier":}')
  } catch (error) {
    return error
  }
}

const failures: [what: string, reason: (key: string, row: Row) => unknown, says: RegExp][] = [
  ['a text', () => 'connection lost', /^connection lost$/],
  ['an object that is no Error', () => ({ code: 'ECONNREFUSED', message: 'redis:6379' }), /^ECONNREFUSED: redis:6379$/],
  ['nothing that can be read', () => 3, /^3$/],
  [
    'several addresses at once, as Node does',
    () => Object.assign(new AggregateError([new Error('connect ECONNREFUSED ::1:6379')]), { code: 'ECONNREFUSED' }),
    /^ECONNREFUSED: connect ECONNREFUSED ::1:6379$/
  ],
  ['a row that is not JSON', parseFailure, /^SyntaxError: .*not JSON$/],
  [
    'the key, as MongoDB does',
    (key) => new Error(`E11000 duplicate key: { _id: "${key}" }`),
    /E11000 duplicate key: …$/
  ],
  ['the key, without more', (key) => new Error(`MOVED ${key} 10.0.0.1:6379`), /^Error: MOVED … 10\.0\.0\.1:6379$/],
  ['the row', (_key, row) => new Error(`INSERT INTO sessions VALUES (${JSON.stringify(row)})`), /INSERT INTO sessions/],
  [
    'a name of the database',
    () => new Error('relation "sessions" does not exist'),
    /relation "sessions" does not exist/
  ]
]

t.test('the log tells what the store said, of whatever kind, and nothing of what it holds', async (t) => {
  const sandbox = await sandboxFor(t)
  const lines: { msg: string; reason?: string }[] = []
  const rows = new Map<string, Row>()
  let reason: ((key: string, row: Row) => unknown) | null = null
  const keys: string[] = []
  const app = await serviceFor(t, sandbox, {
    server: { logger: { level: 'info', stream: { write: (line: string) => void lines.push(JSON.parse(line)) } } },
    onLogin: (request) => void Object.assign(request.session, { compte: 'Angela Dubois' }),
    session: {
      store: {
        get: (key: string, done: (error: unknown, row?: never) => void) => done(null, rows.get(key) as never),
        set(key: string, row: object, done: (error?: unknown) => void) {
          keys.push(key)
          if (reason !== null) return done(reason(key, row as Row))
          rows.set(key, JSON.parse(JSON.stringify(row)))
          done()
        },
        destroy: (key: string, done: (error?: unknown) => void) => done(void rows.delete(key))
      } as never
    }
  })
  for (const [what, given, says] of failures) {
    const jar = new Jar()
    const callback = await upToCallback(app, sandbox, jar)
    reason = given
    lines.length = 0
    t.equal((await open(app, jar, callback, navigation)).statusCode, 503, what)
    reason = null
    const said = lines.filter(({ msg }) => msg === 'the session store failed')
    t.ok(said.length > 0, what)
    for (const line of said) t.match(line.reason, says, what)
    const all = JSON.stringify(lines)
    t.notMatch(all, /Angela|Dubois/, what)
    for (const key of keys) t.notOk(all.includes(key), `${what}: no key`)
  }
})
