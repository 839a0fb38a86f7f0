import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CompactEncrypt, CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { Citizen } from '../../src/citizens/citizen.ts'
import { builtInCitizens } from '../../src/citizens/list.ts'
import type { DataProviderServer, ReceivedCall } from '../../src/data-providers/data-provider-context.ts'
import { dataProviders } from '../../src/data-providers/index.ts'
import { createFaults } from '../../src/levers/faults.ts'

const keyFor = async (alg: 'ES256' | 'RS256') => {
  const pair = await generateKeyPair(alg)
  return { alg, kid: `pkcs11:${alg}:hsm`, ...pair }
}

/** Made once: an RSA key takes its time. */
const firstKeys = { ES256: await keyFor('ES256'), RS256: await keyFor('RS256') }

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += chunk
  return new URLSearchParams(text)
}

export function citizenNamed(id: string): Citizen {
  const found = builtInCitizens.find((citizen) => citizen.id === id)
  if (!found) throw new Error(`no citizen ${id}`)
  return found
}

/**
 * The part of FranceConnect that data providers see, over real HTTP and shaped as its recorded answers: `jwks`, and
 * `checktoken` answering a JWE (no kid, no cty) around a JWS without exp. Tokens are issued by `issue`.
 */
export async function withDataProviders(
  settings?: Parameters<typeof dataProviders>[1],
  noFile?: Parameters<typeof dataProviders>[2]
) {
  const keys = { ...firstKeys }
  const tokens = new Map<string, { citizen: Citizen; scope: string[]; expires: number }>()
  const records: ReceivedCall[] = []
  const faults = createFaults()
  let shift = 0
  let frozen: number | undefined
  let providers: DataProviderServer
  let broken: 'status' | 'signature' | 'issuer' | undefined

  async function checkToken(form: URLSearchParams): Promise<[status: number, type: string, body: string]> {
    const client = providers.clients.find(({ clientId }) => clientId === form.get('client_id'))
    if (client?.clientSecret !== form.get('client_secret') || !client) {
      return [401, 'application/json', JSON.stringify({ error: 'invalid_client' })]
    }
    if ([...form.keys()].sort().join() !== 'client_id,client_secret,token') {
      return [400, 'application/json', JSON.stringify({ error: 'invalid_request' })]
    }
    if (broken === 'status') return [500, 'application/json', JSON.stringify({ error: 'server_error' })]
    const held = tokens.get(form.get('token') ?? '')
    const iat = Math.floor(now() / 1000)
    const claims =
      held && held.expires > now()
        ? {
            active: true,
            aud: 'e5256000',
            sub: `${client.uid}-${held.citizen.id}v1`,
            iat,
            exp: iat + 60,
            acr: 'eidas1',
            jti: form.get('token'),
            scope: held.scope.filter((name) => client.scopes.includes(name)).join(' '),
            ...held.citizen.register
          }
        : { active: false }
    const iss = broken === 'issuer' ? 'https://other.example' : issuer()
    const payload = JSON.stringify({ token_introspection: claims, iat, iss, aud: client.clientId })
    const key = keys[client.checktokenSignedResponseAlg]
    const signer = broken === 'signature' ? await keyFor(key.alg) : key
    const jws = await new CompactSign(new TextEncoder().encode(payload))
      .setProtectedHeader({ alg: key.alg, kid: key.kid })
      .sign(signer.privateKey)
    const jwk = client.jwks.keys.find(({ use, alg }) => use === 'enc' && alg === client.checktokenEncryptedResponseAlg)
    const jwe = await new CompactEncrypt(new TextEncoder().encode(jws))
      .setProtectedHeader({ alg: client.checktokenEncryptedResponseAlg, enc: 'A256GCM' })
      .encrypt(await importJWK(jwk as JWK))
    return [200, 'application/token-introspection+jwt', jwe]
  }

  const server = createServer(async (request, response) => {
    if (request.url === '/api/v2/checktoken') {
      const [status, type, body] = await checkToken(await formOf(request))
      return response.writeHead(status, { 'content-type': type }).end(body)
    }
    if (request.url === '/api/v2/jwks') {
      const list = await Promise.all(
        Object.values(keys).map(async ({ publicKey, alg, kid }) => ({
          ...(await exportJWK(publicKey)),
          alg,
          kid,
          use: 'sig'
        }))
      )
      return response.writeHead(200, { 'content-type': 'application/jwk-set+json' }).end(JSON.stringify({ keys: list }))
    }
    if (!(await providers.handle(request, response))) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const published = 'http://franceconnect.invalid'
  const issuer = () => `${published}/api/v2`
  const now = () => (frozen ?? Date.now()) + shift
  const byPivot = ({ family_name, given_name, birthdate }: Citizen['register']) =>
    `${family_name}|${given_name}|${birthdate}`

  providers = dataProviders(
    {
      baseUrl: () => origin,
      issuer,
      reach: (address) => address.replace(published, origin),
      now,
      citizenOf: (claims) =>
        builtInCitizens.find(({ register }) => byPivot(register) === byPivot(claims as Citizen['register'])),
      faults,
      record: (call) => records.push(call)
    },
    settings,
    noFile
  )

  return {
    origin,
    providers,
    options: providers.options.providers,
    faults,
    records,
    now,
    /** A token of FranceConnect for a citizen, living 60 seconds. */
    issue(citizen: string, ...scope: string[]): string {
      const token = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
      tokens.set(token, { citizen: citizenNamed(citizen), scope: ['openid', ...scope], expires: now() + 60_000 })
      return token
    },
    advance(seconds: number) {
      shift += seconds * 1000
    },
    /** Moves the clock to a moment, `YYYY-MM-DDTHH:mm:ssZ`. */
    moveToDay(moment: string) {
      shift = Date.parse(moment) - (frozen ?? Date.now())
    },
    /** Moves the clock to the fifteenth of a month (1 to 12) of this year. */
    moveTo(month: number) {
      shift = Date.UTC(new Date().getUTCFullYear(), month - 1, 15) - Date.now()
    },
    /** Stops the clock on a whole second; `advance` still moves it. */
    freeze() {
      frozen = Math.floor(Date.now() / 1000) * 1000
    },
    /** Makes `checktoken` fail, or answer something that must not be believed. */
    breakCheckToken(how: typeof broken) {
      broken = how
    },
    async rotateKeys() {
      keys.ES256 = await keyFor('ES256')
      keys.RS256 = await keyFor('RS256')
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}

export type Platform = Awaited<ReturnType<typeof withDataProviders>>
