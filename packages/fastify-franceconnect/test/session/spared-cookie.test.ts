import t from 'tap'
import { spared } from '../../src/session/spared-cookie.ts'
import type { SessionStore } from '../../src/session/store.ts'
import { Jar, logIn, open, sandboxFor, serviceFor } from '../service.ts'

type Changing = { options(changes: object): void; cookie: Record<string, unknown>; draft?: unknown }
const sessionOf = (request: object) => (request as { session: Changing }).session

function jsonStore() {
  const rows = new Map<string, string>()
  const lives: unknown[] = []
  const symbols: symbol[] = []
  const store: SessionStore = {
    get: (id, done) => done(null, JSON.parse(rows.get(id) ?? 'null')),
    set(id, session, done) {
      lives.push((session.cookie as { maxAge?: unknown }).maxAge)
      symbols.push(...Object.getOwnPropertySymbols(session))
      rows.set(id, JSON.stringify(session))
      done()
    },
    destroy(id, done) {
      rows.delete(id)
      done()
    }
  }
  return { store, rows, lives, symbols }
}

const settings = { path: '/', httpOnly: true, sameSite: 'lax', secure: 'always' }

t.test('what the settings say, or nothing says, is left out; the rest stays', async (t) => {
  t.same(spared({ ...settings, expires: null, originalMaxAge: null, domain: null }, settings), {})
  t.same(spared({ ...settings, sameSite: null }, settings), { sameSite: null })
  t.same(spared({ ...settings, httpOnly: false, domain: 'a.fr' }, settings), { httpOnly: false, domain: 'a.fr' })
  const expires = new Date()
  t.same(spared({ toJSON: () => ({ ...settings, expires }) }, settings), { expires })
  t.same(spared(null, settings), {})
  const little = { expires }
  t.equal(spared(little, settings), little, 'nothing to leave out, nothing to copy')
})

for (const [kind, store] of [
  ['in memory', undefined],
  ['in a store of JSON', jsonStore().store]
] as const) {
  for (const draft of ['flat', { not: 'flat' }]) {
    t.test(`${kind}, ${typeof draft}: a page has the cookie that the page before had`, async (t) => {
      const sandbox = await sandboxFor(t)
      const app = await serviceFor(t, sandbox, {
        session: { cookie: { path: '/', sameSite: 'lax' }, ...(store && { store }) },
        pages(app) {
          app.get('/change', async (request) => {
            const session = sessionOf(request)
            session.options({ sameSite: 'strict', httpOnly: false, maxAge: 60_000 })
            session.draft = draft
            return session.cookie
          })
          app.get('/cookie', async (request) => sessionOf(request).cookie)
        }
      })
      const jar = new Jar()
      await logIn(app, sandbox, jar)
      const plain = { path: '/', sameSite: 'lax', httpOnly: true, originalMaxAge: null, expires: null }
      t.match((await open(app, jar, '/cookie')).json(), plain)
      const changed = (await open(app, jar, '/change')).json()
      t.match(changed, { sameSite: 'strict', httpOnly: false, originalMaxAge: 60_000 })
      const after = (await open(app, jar, '/cookie')).json()
      t.match(after, { sameSite: 'strict', httpOnly: false, originalMaxAge: 60_000, path: '/' })
    })
  }
}

t.test('a store is given what it takes to expire a session, and nothing that the settings say', async (t) => {
  const sandbox = await sandboxFor(t)
  const { store, rows, lives, symbols } = jsonStore()
  const app = await serviceFor(t, sandbox, {
    session: { store },
    pages: (app) =>
      app.get('/change', async (request) => {
        sessionOf(request).options({ maxAge: 60_000 })
        sessionOf(request).draft = 'draft'
      })
  })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  const sessionRow = () => [...rows].find(([key]) => !key.startsWith('franceconnect-'))![1]
  t.same(JSON.parse(sessionRow()).cookie, {})
  lives.length = 0
  await open(app, jar, '/change')
  t.ok(Number(lives[0]) > 59_000 && Number(lives[0]) <= 60_000, 'in milliseconds')
  const { cookie, draft } = JSON.parse(sessionRow())
  t.same(Object.keys(cookie).sort(), ['expires', 'originalMaxAge'])
  t.equal(draft, 'draft')
  t.same(symbols, [], 'nor the signature, under which it would come back')
})

t.test('an application that takes the cookie off a session loses nothing else of it', async (t) => {
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    session: { store: jsonStore().store },
    pages(app) {
      app.get('/off', async (request) => {
        const session = sessionOf(request) as unknown as { cookie?: object; draft: string; save(): Promise<void> }
        session.draft = 'draft'
        const { cookie } = session
        delete session.cookie
        await session.save()
        session.cookie = cookie!
      })
      app.get('/draft', async (request) => sessionOf(request).draft)
    }
  })
  const jar = new Jar()
  await logIn(app, sandbox, jar)
  t.equal((await open(app, jar, '/off')).statusCode, 200)
  t.equal((await open(app, jar, '/draft')).body, 'draft')
})
