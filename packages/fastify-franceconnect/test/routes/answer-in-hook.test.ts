import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import t from 'tap'
import { baseUrl, Jar, navigation, open, sandboxFor, serviceFor, upToCallback } from '../service.ts'

t.test('a hook of the application that fails on our answer is named as such: what was done is done', async (t) => {
  const refused: unknown[] = []
  const listen = (event: unknown) => void refused.push(event)
  subscribe('franceconnect:login:refused', listen)
  t.teardown(() => unsubscribe('franceconnect:login:refused', listen))
  const sandbox = await sandboxFor(t)
  const lines: { level: number; msg: string; code?: string }[] = []
  let fails = false
  const app = await serviceFor(t, sandbox, {
    server: { logger: { level: 'info', stream: { write: (line: string) => void lines.push(JSON.parse(line)) } } },
    before: (app) => {
      app.addHook('onSend', async (_request, _reply, payload) => {
        if (fails) throw new Error('compression')
        return payload
      })
    }
  })
  const jar = new Jar()
  const failing = async (method: 'GET' | 'POST', url: string) => {
    fails = true
    lines.length = 0
    const headers = { ...navigation, cookie: jar.header, origin: baseUrl }
    const answer = await app.inject({ method, url: url.replace(baseUrl, ''), headers })
    fails = false
    t.equal(answer.statusCode, 500)
    return lines.filter(({ level, msg }) => level === 40 && /FranceConnect/.test(msg))
  }
  t.match(await failing('GET', '/franceconnect/login'), [
    { code: 'hook', msg: /the answer of the FranceConnect login failed/ }
  ])
  const callback = await upToCallback(app, sandbox, jar)
  t.match(await failing('GET', callback), [{ code: 'hook', msg: /the answer failed.*the FranceConnect login stands/ }])
  t.same(refused, [])
  t.equal((await open(app, jar, callback)).statusCode, 303, 'opened again, it ends where it would have')
  t.match((await open(app, jar, '/moi')).json().sub, /v1$/)
  t.match(await failing('POST', '/franceconnect/logout'), [
    { code: 'hook', msg: /the answer of the FranceConnect logout failed/ }
  ])
})
