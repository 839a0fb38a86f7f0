import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fcData, { type FcDataOptions } from 'fastify-fc-data'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'
import { baseUrl, dossier, type Hour, type Mistake, page, said } from './mistakes.ts'

/** What the registration of the login plugin says of one option that is wrong. */
const login =
  (wrong: Partial<FranceConnectOptions>): Mistake['make'] =>
  async ({ sandbox, server }) => {
    const { app, log } = server()
    const error = await said(app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl, ...wrong }))
    return error + log()
  }

/** The same, of the data plugin. */
const data =
  (wrong: object): Mistake['make'] =>
  async ({ sandbox, server }) => {
    const { app } = server()
    await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl })
    const options = { ...sandbox.fcDataOptions, apis: ['dss/quotient-familial'], ...wrong } as FcDataOptions
    return said(app.register(fcData, options))
  }

/** What the answer says of a call made by a page. */
const call =
  (name: string, params?: object): Mistake['make'] =>
  async (hour) => {
    const app = await dossier(hour, (app) =>
      app.get('/', async (request) => request.fcData(name as 'dss/quotient-familial', params as never))
    )
    return (await app.inject({ url: '/', headers: await hour.sandbox.login(app, 'test') })).body
  }

/** What the sandbox's own page says when a login starts with an option that it does not expect. */
const startedWith =
  (wrong: Partial<FranceConnectOptions>): Mistake['make'] =>
  async ({ sandbox, server }) => {
    const { app } = server()
    await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl, ...wrong })
    const { headers } = await app.inject({ url: '/franceconnect/login', headers: page })
    return (await fetch(String(headers.location), { headers: page })).text()
  }

async function withoutPath(hour: Hour): Promise<string> {
  const { app, log } = hour.server()
  const issuer = new URL(hour.sandbox.issuer).origin
  await app.register(franceConnect, { ...hour.sandbox.franceConnectOptions, baseUrl, issuer })
  await app.inject({ url: '/franceconnect/login', headers: { ...page, host: 'localhost:3000' } })
  return log()
}

/** What the doctor prints of a folder that holds these files. */
const doctor =
  (files: Record<string, string>, ...args: string[]): Mistake['make'] =>
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mistake-'))
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
    const cli = fileURLToPath(new URL('../../../packages/fastify-franceconnect/dist/doctor/cli.js', import.meta.url))
    const printed = await new Promise<string>((resolve) =>
      execFile(
        'env',
        ['-i', `PATH=${process.env.PATH}`, process.execPath, cli, 'doctor', ...args],
        { cwd: folder },
        (_, out, err) => resolve(out + err)
      )
    )
    await rm(folder, { recursive: true })
    return printed
  }

const logsIn =
  (citizen: string, options: object): Mistake['make'] =>
  async (hour) => {
    const app = await dossier(hour, (app) => app.get('/', async () => 'ok'))
    return said(hour.sandbox.login(app, citizen, options))
  }

async function inBefore(hour: Hour): Promise<string> {
  const { app } = hour.server()
  return said(app.register(fcData, { ...hour.sandbox.fcDataOptions, apis: ['dss/quotient-familial'] }))
}

async function guardNotCalled(hour: Hour): Promise<string> {
  const { app } = hour.server()
  await app.register(franceConnect, { ...hour.sandbox.franceConnectOptions, baseUrl })
  try {
    app.get('/', { preHandler: app.franceConnect.requireLogin as never }, async () => 'ok')
    return said(app.ready())
  } catch (error) {
    return (error as Error).message
  }
}

async function inAnotherContext(hour: Hour): Promise<string> {
  const { app } = hour.server()
  await app.register(async (inside) => {
    await inside.register(franceConnect, { ...hour.sandbox.franceConnectOptions, baseUrl })
    await inside.register(fcData, { ...hour.sandbox.fcDataOptions, apis: ['dss/quotient-familial'] })
  })
  app.get('/', async (request) => request.fcData('dss/quotient-familial'))
  return (await app.inject('/')).body
}

async function dataElsewhere(hour: Hour): Promise<string> {
  const { app, log } = hour.server()
  await app.register(franceConnect, { ...hour.sandbox.franceConnectOptions, baseUrl })
  const apiParticulier = { recipient: '13002526500013', baseUrl: 'http://localhost:9/api-particulier' }
  await app.register(fcData, { apis: ['dss/quotient-familial'], providers: { apiParticulier } })
  app.get('/', async (request) => request.fcData('dss/quotient-familial'))
  return (await app.inject({ url: '/', headers: await hour.sandbox.login(app, 'test') })).body + log()
}

/** Mistakes of the same kinds that were on no list: two of each. */
export const moreMistakes: readonly Mistake[] = [
  { name: 'the issuer without its path', make: withoutPath, says: [/localhost:\d+\/\.well-known/, /\/api\/v2/] },
  {
    name: 'the data providers are not at the address given',
    make: dataElsewhere,
    says: [/ECONNREFUSED/, /baseUrl/, /franceconnect-sandbox/]
  },
  { name: 'a test logs in a citizen who does not exist', make: logsIn('angela', {}), says: [/angela/, /\btest\b/] },
  {
    name: 'a test logs in by a page that does not exist',
    make: logsIn('test', { path: '/dosier' }),
    says: [/\/dosier/]
  },
  { name: 'an API without its producer', make: call('quotient-familial'), says: [/"dss\/quotient-familial/] },
  { name: 'an API that was not listed', make: call('dss/prime-activite'), says: [/prime-activite/, /apis option/] },
  {
    name: 'a month that does not exist',
    make: call('dss/quotient-familial', { annee: 2026, mois: 13 }),
    says: [/mois/, /12/]
  },
  {
    name: 'a year in letters',
    make: call('dss/quotient-familial', { annee: 'cette année' }),
    says: [/annee/, /integer/]
  },
  { name: 'identity scopes with commas', make: login({ scope: 'openid, given_name' }), says: [/comma/, /spaces/] },
  {
    name: 'an identity scope in camelCase',
    make: login({ scope: ['openid', 'birthDate'] }),
    says: [/birthDate/, /did you mean \\?"birthdate/]
  },
  { name: 'the data plugin before the login plugin', make: inBefore, says: [/fastify-franceconnect before/] },
  {
    name: 'a guard that was not called',
    make: guardNotCalled,
    says: [/preHandler: app\.franceConnect\.requireLogin\(\)/]
  },
  {
    name: '`request.fcData` outside the context that registered it',
    make: inAnotherContext,
    says: [/request\.fcData is not a function/]
  },
  {
    name: 'another clientId than the sandbox knows',
    make: startedWith({ clientId: 'ma-ville' }),
    says: [/Reçu : ma-ville/, /connus : franceconnect-sandbox/]
  },
  {
    name: 'a path that the sandbox does not know before the callback',
    make: startedWith({ baseUrl: 'http://localhost:3000/ville' }),
    says: [/http:\/\/localhost:3000\/ville\/franceconnect\/callback/, /--base-url/]
  },
  { name: 'a variable that is not set', make: login({ clientSecret: undefined }), says: [/clientSecret/, /missing/] },
  { name: 'an address without its scheme', make: login({ baseUrl: 'localhost:3000' }), says: [/baseUrl/, /https:/] },
  {
    name: 'a variable of a data provider that is not set',
    make: data({ providers: { apiParticulier: { recipient: undefined } } }),
    says: [/recipient/, /is missing: is its environment variable set/]
  },
  {
    name: 'a setting of a data provider that is misspelt',
    make: data({ providers: { apiParticulier: { recipent: '13002526500013' } } }),
    says: [/recipent/, /did you mean "recipient"/]
  },
  {
    name: 'a data provider that is misspelt',
    make: data({ providers: { apiParticuliers: {} } }),
    says: [/apiParticuliers/, /did you mean "apiParticulier"/]
  },
  { name: 'the doctor is given a file that is not there', make: doctor({}, '--env', '.env'), says: [/\.env/, /→/] },
  {
    name: 'the doctor is given settings that throw',
    make: doctor({ 'settings.mjs': "throw new Error('no database')" }, '--config', 'settings.mjs'),
    says: [/settings\.mjs/, /ligne 1\b/]
  },
  {
    name: 'the doctor is given settings under another name',
    make: doctor({ 'settings.mjs': 'export const fc = {}' }, '--config', 'settings.mjs'),
    says: [/settings\.mjs/, /n’exporte pas franceConnect, mais fc/]
  }
]
