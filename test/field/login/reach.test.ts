import t from 'tap'
import { navigation, sandboxFor } from '../../../packages/fastify-franceconnect/test/service.ts'
import { Jar, kinds, logIn, open, startService } from './services.ts'

const sandbox = await sandboxFor(t)

for (const kind of kinds)
  t.test(
    `${kind}: a guard where the session’s cookie is not sent says so, and starts no login after login`,
    async (t) => {
      const path = '/franceconnect'
      const service = await startService(t, sandbox, kind, {
        session: { cookie: { path, ...(kind === 'host' ? { secure: false } : {}) } }
      })
      const jar = new Jar()
      t.equal((await logIn(service, sandbox, jar)).statusCode, 303)
      jar.cookies.clear()
      const script = { accept: 'application/json', 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' }
      for (const headers of [navigation, script]) {
        const answer = await open(service.app, jar, '/garde', headers)
        t.equal(answer.statusCode, 500)
        t.match(answer.body, /FST_FC_INVALID_OPTIONS/)
        t.match(answer.json().message, /\/garde demands a login.*cookie\.path/)
        t.notOk(answer.headers['set-cookie'])
      }
      t.match(await service.app.inject('/moi').then((answer) => answer.json()), { sub: null })
    }
  )
