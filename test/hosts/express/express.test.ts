import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastifyExpress from '@fastify/express'
import middie from '@fastify/middie'
import express from 'express'
import Fastify from 'fastify'
import fcData from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import { startSandbox } from 'franceconnect-sandbox'
import t from 'tap'
import { ask } from './ask.ts'
import { type Express, oldApplication, sendings } from './old.ts'

// it comes without types
const express4 = createRequire(import.meta.url)('express4') as Express
const express5 = express as unknown as Express
const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const folder = await mkdtemp(join(tmpdir(), 'piece-'))
const file = join(folder, 'piece.txt')
await writeFile(file, 'pièce')
const sandbox = await startSandbox({ port: 0, baseUrl: 'http://localhost:3000' })
t.teardown(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true })
})

for (const [host, version, plugin] of [
  ['Express 5 through @fastify/express', express5, fastifyExpress],
  ['Express 4 through @fastify/express', express4, fastifyExpress],
  ['Express 5 through @fastify/middie', express5, middie],
  ['Express 4 through @fastify/middie', express4, middie]
] as const) {
  t.test(host, async (t) => {
    const app = Fastify()
    t.teardown(() => app.close())
    await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000' })
    await app.register(fcData, { ...sandbox.fcDataOptions, apis: ['dss/quotient-familial'] })
    await app.register(plugin)
    app.use(oldApplication(version, app, file))
    const address = await app.listen({ port: 0 })
    const headers = await sandbox.login(app, sandbox.citizens[0]!)
    const open = (path: string, given: Record<string, string>, form?: URLSearchParams) =>
      ask(address + path, given, form)
    const logged = (path: string, form?: URLSearchParams) => open(path, { ...headers, ...navigation }, form)

    const page = await open('/espace/compte?nom=50%25&q=%C3%A9', navigation)
    t.match(page, { status: 302, headers: { location: /^http:.*authorize/ } }, 'a browser is sent to FranceConnect')
    const asks = { accept: 'text/html', 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' }
    const frame = await open('/espace/compte?nom=50%25&q=%C3%A9', asks)
    const back = encodeURIComponent('/espace/compte?nom=50%25&q=%C3%A9')
    t.match(frame.body, `returnTo=${back}`, 'to come back to the whole address, as it was written')
    const api = await open('/espace/compte', { accept: 'application/json' })
    t.match(api, { status: 401, headers: { 'cache-control': 'no-store' } })
    t.match(JSON.parse(api.body), { code: 'FST_FC_LOGIN_REQUIRED', loginUrl: /franceconnect\/login/ })

    t.strictSame(JSON.parse((await logged('/espace/compte')).body), { nom: 'DUBOIS' }, 'the login is read')
    t.match(JSON.parse((await logged('/espace/quotient')).body), { quotient: Number }, 'and the data')
    const sent = await logged('/espace/avis', new URLSearchParams({ avis: 'bon' }))
    t.strictSame(JSON.parse(sent.body), { avis: 'bon', nom: 'DUBOIS' }, 'Express reads its forms')
    const bare = await open('/espace/sans-garde', { accept: 'application/json' })
    t.match([bare.status, JSON.parse(bare.body)], [401, { code: 'FST_FC_DATA_LOGIN_REQUIRED' }])
    t.equal((await logged('/nulle-part')).status, 404)

    for (const way of sendings) {
      const seen = await logged(`/moi/${way}`)
      t.match(seen.headers, { 'x-who': 'true', 'cache-control': 'no-store', vary: /\bCookie\b/ }, way)
      const anybody = await open(`/public/${way}`, headers)
      t.match(anybody.headers['cache-control'], /^public/, `${way} of a public page is left as it is`)
    }
    t.equal((await logged('/apres')).body, 'parti', 'the login may be read once the answer has left')

    t.match(await open('/espace/entrer', navigation), { status: 302, headers: { location: /authorize/ } })
    t.match(await logged('/espace/sortir'), { status: 303, headers: { location: /session\/end/ } })
    t.match(await logged('/moi/send'), { headers: { 'x-who': 'false' } }, 'logged out')
  })
}
