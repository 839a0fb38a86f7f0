import t from 'tap'
import { ownRoutes, safeReturnTo } from '../../src/options/return-to.ts'

const isOwn = ownRoutes(['/franceconnect/login', '/franceconnect/logout'])
const safe = (value: unknown) => safeReturnTo(value, isOwn)

t.test('paths of this origin are kept, percent-encoded', async (t) => {
  for (const [given, kept] of [
    ['/', '/'],
    ['/dossier?a=1&b=é#suite', '/dossier?a=1&b=%C3%A9#suite'],
    ['/été', '/%C3%A9t%C3%A9'],
    ['/a?next=https://evil.example', '/a?next=https://evil.example'],
    ['/a/../b', '/b'],
    ['/a?x=\\', '/a?x=%5C'],
    ['/%2F%2Fevil', '/%2F%2Fevil'],
    ['/@evil.example', '/@evil.example'],
    ['/franceconnect/login-aide', '/franceconnect/login-aide']
  ] as const) {
    t.equal(safe(given), kept, given)
  }
})

t.test('whatever could lead elsewhere is dropped', async (t) => {
  const hostile: unknown[] = [
    ...['', 'x', '//evil.example', '/\\evil.example', '\\/evil', 'https://evil.example', 'javascript:alert(1)', ' /x'],
    ...['/\t/evil.example', '/\n/evil', '/a\r\nSet-Cookie: x', '/\u0000', '/.//evil.example', '/a/..//evil.example'],
    ...['/x/%2e%2e//evil.example', '/\u007f', `/${'a'.repeat(1024)}`, `/${'é'.repeat(400)}`, '/%E9', '/%'],
    ...['/franceconnect/logout', '/franceconnect/logout/', '/FranceConnect/Logout?x', '/franceconnect//logout'],
    ...['/franceconnect/%6cogout', '/x/../franceconnect/login', '/franceconnect/logout;a=1'],
    ...[null, undefined, 3, ['/x'], { toString: () => '/x' }]
  ]
  for (const value of hostile) t.equal(safe(value), null, JSON.stringify(value)?.slice(0, 40) ?? 'undefined')
})
