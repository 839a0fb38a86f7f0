import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import middie from '@fastify/middie'
import express from 'express'
import t from 'tap'
import { Jar, logIn, sandboxFor, serviceFor } from '../../../packages/fastify-franceconnect/test/service.ts'

t.test('what Express sends behind a guard, through middie, is kept by no cache', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dossier-'))
  t.teardown(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'piece.txt'), 'pièce')
  const old = express()
  old.get('/ancien/page', (_request, answer) => void answer.send('ancienne page'))
  old.use('/ancien', express.static(folder, { maxAge: '1d' }))
  const sandbox = await sandboxFor(t)
  const app = await serviceFor(t, sandbox, {
    async late(app) {
      await app.register(async (scope) => {
        scope.addHook('onRequest', app.franceConnect.requireLogin())
        await scope.register(middie)
        scope.use(old)
        scope.get('/ancien/*', async () => 'aucune')
      })
    }
  })
  const jar = new Jar()
  const refused = await app.inject({ url: '/ancien/piece.txt', headers: { accept: 'application/json' } })
  t.equal(refused.statusCode, 401)
  await logIn(app, sandbox, jar)
  const address = await app.listen({ port: 0 })
  for (const [path, body] of [
    ['/ancien/page', 'ancienne page'],
    ['/ancien/piece.txt', 'pièce']
  ] as const) {
    // Express gives its own prototypes to what it is handed: over HTTP, as it is
    const page = await fetch(address + path, { headers: { cookie: jar.header } })
    t.equal(await page.text(), body)
    t.equal(page.headers.get('cache-control'), 'no-store', path)
    t.match(page.headers.get('vary'), 'Cookie')
  }
})
