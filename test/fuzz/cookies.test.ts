import fc from 'fast-check'
import t from 'tap'
import { nasty, searching, wellFormed } from './runs.ts'
import { CookieJar, redirected, startService } from './service.ts'

const printable = /[^\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]/g
const here = new URL('http://localhost:3000')

/** Characters that base64url ignores change nothing of what was sealed. */
const bytes = (text: string) => Buffer.from(text, 'base64url')

/** What a hand can do to a cookie's value. */
const mangled = fc.record({
  at: fc.nat({ max: 400 }),
  how: fc.constantFrom('flip', 'cut', 'double', 'insert', 'swap', 'replace'),
  text: nasty
})
function mangle(value: string, { at, how, text }: { at: number; how: string; text: string }): string {
  const i = at % Math.max(1, value.length)
  const clean = text.replace(printable, '')
  if (how === 'flip') return value.slice(0, i) + (value[i] === 'A' ? 'B' : 'A') + value.slice(i + 1)
  if (how === 'cut') return value.slice(0, i)
  if (how === 'double') return value + value
  if (how === 'insert') return value.slice(0, i) + clean + value.slice(i)
  if (how === 'swap') return [...value].reverse().join('')
  return clean
}

t.test('a cookie that was touched opens nothing and breaks nothing', async (t) => {
  const service = await startService(t)
  const property = fc.asyncProperty(mangled, fc.boolean(), async (hand, loggedIn) => {
    const jar = new CookieJar()
    const back = loggedIn ? '/me' : await service.start(jar)
    if (loggedIn) await service.login(jar)
    const touched = new CookieJar()
    let same = true
    for (const cookie of jar.cookies.values()) {
      const value = mangle(cookie.value, hand)
      same &&= bytes(value).equals(bytes(cookie.value))
      touched.take([`${cookie.name}=${value}; Path=${cookie.path}; HttpOnly`], here)
    }
    const answer = await service.open(back, touched)
    if (answer.status >= 500) throw new Error(`${answer.status}: ${answer.body}`)
    if (!same && (answer.status === 200 || redirected(answer))) throw new Error('the touched cookie was taken')
  })
  await t.resolves(fc.assert(property, searching(100)))
})

t.test('a Cookie header of any shape never breaks a page nor a login', async (t) => {
  const service = await startService(t)
  const seed = new CookieJar()
  await service.login(seed)
  await service.start(seed)
  const names = [...seed.cookies.keys(), 'sessionId', '__proto__', 'constructor', '']
  const header = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), nasty), nasty), { maxLength: 12 }).map((pairs) =>
    pairs
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
      .replace(/[^\x20-\x7e\x80-\xff]/g, '?')
  )
  const property = fc.asyncProperty(header, fc.constantFrom('/me', '/franceconnect/login'), async (cookie, url) => {
    const answer = await service.app.inject({ url, headers: { cookie, accept: 'text/html' } })
    if (answer.statusCode !== (url === '/me' ? 401 : 302) && answer.statusCode !== 303)
      throw new Error(`${answer.statusCode}: ${answer.body}`)
    const set = [answer.headers['set-cookie'] ?? []].flat().join('')
    if (set.length > 8192) throw new Error(`${set.length} bytes of Set-Cookie`)
  })
  await t.resolves(fc.assert(property, searching(150)))
})

t.test('what was not sealed for this purpose does not open', async (t) => {
  const { app } = await startService(t)
  const purposes = fc.string({ unit: 'binary', maxLength: 40 })
  const property = fc.property(nasty, purposes, purposes, mangled, (text, purpose, other, hand) => {
    const sealed = app.franceConnect.seal(text, purpose)
    if (app.franceConnect.unseal(sealed, purpose) !== wellFormed(text)) throw new Error('it does not open')
    if (purpose !== other && app.franceConnect.unseal(sealed, other) !== null) throw new Error('opened for another end')
    const touched = mangle(sealed, hand)
    const opened = app.franceConnect.unseal(touched, purpose)
    if (opened !== null && opened !== wellFormed(text)) throw new Error('forged')
    if (app.franceConnect.unseal(text, purpose) !== null) throw new Error('opened what was never sealed')
  })
  await t.resolves(async () => fc.assert(property, searching(150)))
})
