import type { Citizen } from '../citizens/citizen.ts'
import type { ApiParticulierSettings } from '../data-providers/api-particulier/settings.ts'
import { isNoFileStatus, type NoFileSettings } from '../data-providers/no-file.ts'
import { errors } from '../errors.ts'
import type { Fault, FaultKind } from '../levers/faults.ts'
import { whyNoOtherSite } from '../levers/published-host.ts'
import type { SandboxClient } from './client.ts'
import type { DataProviderClient } from './data-provider.ts'
import { checkDataProviders } from './data-provider-check.ts'

export interface SandboxOptions {
  /** TCP port, 4000 when left out; 0 takes a free one. */
  port?: number
  /** Services registered instead of the built-in one. */
  clients?: SandboxClient[]
  /** Public origin, or origins, of the service under test; what the built-in client registers. `http://localhost:3000`. */
  baseUrl?: string | string[]
  /** Data providers of your own, registered besides the built-in ones: API that answer about a citizen, and call `checktoken`. */
  dataProviders?: DataProviderClient[]
  /** What goes wrong from the start, by target: `{ dgfip: 'down' }`. */
  faults?: Record<string, Fault | FaultKind>
  /** Citizens instead of the built-in ones. */
  citizens?: Citizen[]
  /** Name in every address that the sandbox publishes, `localhost` when left out. */
  hostName?: string
  /**
   * Publishes addresses on another site than the service's, `127.0.0.1` for a service on `localhost`: browsers then treat
   * `SameSite` cookies as they do between a service and FranceConnect.
   */
  otherSite?: boolean
  /**
   * What `advance` moves: the `sandbox` alone (default), or the `process`, whose `Date` is then moved until `close`, so
   * that a service of this process ages with it: its tokens, sessions and held answers expire. Timers and
   * `performance.now()` stay.
   */
  clock?: 'sandbox' | 'process'
  /** Address to listen on: a loopback one, unless `allowBeyondLoopback` says that another is meant. */
  listenAddress?: string
  allowBeyondLoopback?: boolean
  /** The citizen who logs in without any click. */
  automaticCitizen?: string
  /** Has FranceConnect+ answer checktoken as it would, instead of its present error 500. */
  plusChecktoken?: boolean
  /** The version of API Particulier: its error codes, its limits by address. */
  apiParticulier?: ApiParticulierSettings
  /** What the DGFiP, CNAM and France Travail answer about somebody on whom they hold nothing: no specification says it. */
  noFile?: NoFileSettings
}

const known = [
  'port',
  'clients',
  'baseUrl',
  'dataProviders',
  'faults',
  'citizens',
  'hostName',
  'otherSite',
  'clock',
  'listenAddress',
  'allowBeyondLoopback',
  'automaticCitizen',
  'plusChecktoken',
  'apiParticulier',
  'noFile'
]

const loopback = /^(127(\.\d{1,3}){3}|::1|localhost)$/

/**
 * Checks the options.
 *
 * @throws FST_FC_SANDBOX_INVALID_OPTIONS naming the option and what is expected, never a secret.
 */
export function checkOptions(options: SandboxOptions): void {
  const refuse = (sentence: string) => new errors.invalidOptions(sentence)
  if (typeof options !== 'object' || options === null) throw refuse('options must be an object')
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw refuse(`unknown option ${name}; the options are ${known.join(', ')}`)
  }
  const { port, clients, baseUrl, citizens, hostName, listenAddress, allowBeyondLoopback } = options
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw refuse('port must be a whole number from 0 to 65535')
  }
  if (clients !== undefined && !(Array.isArray(clients) && clients.length > 0)) {
    throw refuse('clients must be a list of at least one client')
  }
  clients?.forEach(checkClient)
  if (new Set(clients?.map(({ clientId }) => clientId)).size !== (clients?.length ?? 0)) {
    throw refuse('clients must have different clientId')
  }
  for (const origin of [baseUrl ?? []].flat()) checkUrl('baseUrl', origin)
  if (citizens !== undefined && !(Array.isArray(citizens) && citizens.length > 0)) {
    throw refuse('citizens must be a list of at least one citizen')
  }
  citizens?.forEach(checkCitizen)
  checkDataProviders(options.dataProviders)
  checkApiParticulier(options.apiParticulier)
  checkNoFile(options.noFile)
  if (hostName !== undefined && !/^[a-z0-9.-]+$/i.test(hostName)) {
    throw refuse('hostName must be a host name without scheme or port, such as franceconnect.localhost')
  }
  if (options.clock !== undefined && options.clock !== 'sandbox' && options.clock !== 'process') {
    throw refuse("clock is 'sandbox' or 'process'")
  }
  const noOtherSite = whyNoOtherSite(options)
  if (noOtherSite !== undefined) throw refuse(noOtherSite)
  if (listenAddress !== undefined && !loopback.test(listenAddress) && allowBeyondLoopback !== true) {
    throw refuse(
      `listenAddress ${listenAddress} is not a loopback address: whoever reaches it can log in as anybody. Say allowBeyondLoopback: true (--allow-beyond-loopback) as well if that is meant`
    )
  }
}

function checkApiParticulier({ errorCodes, limitPerAddress }: ApiParticulierSettings = {}): void {
  if (errorCodes !== undefined && errorCodes !== '5150x' && errorCodes !== '5000x') {
    throw new errors.invalidOptions('apiParticulier.errorCodes is 5150x or 5000x')
  }
  if (limitPerAddress !== undefined && typeof limitPerAddress !== 'boolean') {
    throw new errors.invalidOptions('apiParticulier.limitPerAddress is true or false')
  }
}

function checkNoFile(settings: NoFileSettings = {}): void {
  for (const [name, status] of Object.entries(settings)) {
    const known = ['dgfip', 'cnam', 'franceTravail'].includes(name)
    if (!known) throw new errors.invalidOptions(`noFile has dgfip, cnam and franceTravail, not ${name}`)
    if (!isNoFileStatus(status)) throw new errors.invalidOptions(`noFile.${name} is 204, 403, 404 or 410`)
  }
}

function checkUrl(name: string, value: unknown): void {
  if (typeof value !== 'string' || !URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new errors.invalidOptions(`${name} must be an http or https URL`)
  }
}

function checkClient(client: SandboxClient, index: number): void {
  const name = `clients[${index}]`
  const refuse = (sentence: string) => new errors.invalidOptions(`${name}.${sentence}`)
  if (typeof client !== 'object' || client === null) throw new errors.invalidOptions(`${name} must be an object`)
  if (typeof client.clientId !== 'string' || client.clientId === '') throw refuse('clientId must be a non-empty string')
  if (typeof client.clientSecret !== 'string' || client.clientSecret === '') {
    throw refuse('clientSecret must be a non-empty string')
  }
  if (!Array.isArray(client.redirectUris) || client.redirectUris.length === 0) {
    throw refuse('redirectUris must be a list of at least one URL')
  }
  for (const uri of client.redirectUris) checkUrl(`${name}.redirectUris`, uri)
  for (const uri of client.postLogoutRedirectUris ?? []) checkUrl(`${name}.postLogoutRedirectUris`, uri)
  const isScope = (scope: unknown) => typeof scope === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)
  if (!Array.isArray(client.scopes) || !client.scopes.every(isScope)) {
    throw refuse('scopes must be a list of scope names, one by entry')
  }
  const alg = client.idTokenSignedResponseAlg
  if (alg !== undefined && alg !== 'ES256' && alg !== 'RS256')
    throw refuse('idTokenSignedResponseAlg is ES256 or RS256')
}

function checkCitizen(citizen: Citizen, index: number): void {
  const refuse = (sentence: string) => new errors.invalidOptions(`citizens[${index}] ${sentence}`)
  if (typeof citizen !== 'object' || citizen === null) throw refuse('must be an object')
  if (typeof citizen.id !== 'string' || citizen.id === '') throw refuse('must have an id, the login typed')
  for (const side of ['register', 'provider'] as const) {
    const identity = citizen[side]
    for (const name of ['gender', 'family_name', 'given_name', 'birthdate', 'birthcountry'] as const) {
      if (typeof identity?.[name] !== 'string') throw refuse(`must have ${side}.${name}, a string`)
    }
    if (!Array.isArray(identity.given_name_array)) throw refuse(`must have ${side}.given_name_array, a list`)
  }
}
