import fc from 'fast-check'
import Fastify from 'fastify'
import fcData, { defineApi } from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import t from 'tap'
import { anyJson, nasty, searching } from './runs.ts'

const secrets = ['CANARI-du-client-0123456789', 'CANARI-de-session-0123456789abcdefghij']
const login = {
  issuer: 'http://127.0.0.1:9/api/v2',
  clientId: 'demarche',
  clientSecret: secrets[0],
  baseUrl: 'http://localhost:3000',
  secret: secrets[1]
}
const loginNames = [
  ...['environment', 'issuer', 'clientId', 'clientSecret', 'baseUrl', 'secret', 'scope', 'acrValues', 'timeout'],
  ...['idTokenSignedResponseAlg', 'decryptionKeys', 'routes', 'defaultReturnTo', 'postLogoutReturnTo', 'session'],
  ...['sessionMaxAge', 'onLogin', 'onLogout', 'onError', 'clockTolerance', 'dispatcher', 'pkce']
]
const dataNames = [
  'apis',
  'providers',
  'prefetch',
  'hold',
  'store',
  'secret',
  'getAccessToken',
  'timeout',
  'onAccess',
  'dispatcher'
]
const odd = fc.oneof(
  anyJson,
  nasty,
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, Symbol.iterator, 10n, new Date(Number.NaN)),
  fc.constant(null)
)

/** Boots, or refuses in a sentence that names the option and repeats no secret. */
async function boot(code: string, name: string, register: (app: ReturnType<typeof Fastify>) => void): Promise<void> {
  const app = Fastify()
  try {
    register(app)
    await app.ready()
  } catch (error) {
    const { code: found, message } = error as { code?: string; message: string }
    if (found !== code) throw new Error(`${name}: ${found} ${(error as Error).stack}`)
    if (secrets.some((secret) => message.includes(secret ?? '')))
      throw new Error(`${name}: the message repeats a secret`)
    if (!message.includes(name)) throw new Error(`the message does not name ${name}: ${message}`)
  } finally {
    await app.close()
  }
}

const bent = (names: string[]) => fc.tuple(fc.constantFrom(...names), odd)
const unknown = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' })

t.test('an option of any value boots the login plugin or is refused by name', async (t) => {
  const property = fc.asyncProperty(bent(loginNames), ([name, value]) =>
    boot(
      'FST_FC_INVALID_OPTIONS',
      name,
      (app) => void app.register(franceConnect, { ...login, [name]: value } as never)
    )
  )
  await t.resolves(fc.assert(property, searching(100)))
})

t.test('an option of any value boots the data plugin or is refused by name', async (t) => {
  const api = defineApi({ name: 'fuzz/rows', url: 'http://127.0.0.1:9/rows', scopes: [] })
  const base = { apis: [api], getAccessToken: () => null, secret: secrets[1] }
  const property = fc.asyncProperty(bent(dataNames), ([name, value]) =>
    boot('FST_FC_DATA_INVALID_OPTIONS', name, (app) => void app.register(fcData, { ...base, [name]: value } as never))
  )
  await t.resolves(fc.assert(property, searching(100)))
})

t.test('an unknown option is refused by name', async (t) => {
  const property = fc.asyncProperty(unknown, anyJson, async (name, value) => {
    if ([...loginNames, ...dataNames, 'prefix', 'logLevel', 'logSerializers'].includes(name)) return
    const app = Fastify()
    const options = { ...login, [name]: value } as never
    const refused = await app.register(franceConnect, options).then(
      () => undefined,
      (error: { code?: string; message: string }) => error
    )
    await app.close()
    if (refused?.code !== 'FST_FC_INVALID_OPTIONS') throw new Error(`${name} was taken: ${refused?.message}`)
  })
  await t.resolves(fc.assert(property, searching(50)))
})
