import { type Dispatcher, dispatcherFlaw } from 'franceconnect-protocol/http'
import type { OtherScope, OwnApi, ProviderName } from '../apis/api.ts'
import type { CatalogueName, CatalogueScope, FcDataName } from '../apis/registry.ts'
import type { GetAccessToken } from '../calls/login/access-token.ts'
import type { FcDataAccess } from '../calls/trace.ts'
import type { FcDataStore } from '../held/memory-store.ts'
import { apisOf, type ListedApi } from './apis.ts'
import { check, invalid, milliseconds, object } from './check.ts'
import { type ProvidersOptions, providersOf } from './providers.ts'

/** An API of the catalogue with what your habilitation says of it. */
export interface EnabledEntryOptions<N extends CatalogueName = CatalogueName> {
  name: N
  /** Scopes that the habilitation grants; by default all those of the entry that DataPass grants, required for the DGFiP. */
  scopes?: readonly (CatalogueScope<N> | OtherScope)[]
  /** Milliseconds for one exchange with this API. */
  timeout?: number
  /** `false`: its scopes are asked only by a login that `app.fcData.require` of this API starts. */
  atLogin?: boolean
}

/** The same, each API with its own scopes: one that is misspelt does not compile. */
export type EnabledEntry = { [N in CatalogueName]: EnabledEntryOptions<N> }[CatalogueName]

export interface FcDataOptions {
  /** The API that this service is entitled to. Every login asks their scopes. */
  apis: readonly (CatalogueName | EnabledEntry | OwnApi)[]
  /** Credentials and addresses, by data provider. */
  providers?: ProvidersOptions
  /** API called at every login, in parallel, while the token lives. A failure never fails the login. */
  prefetch?: readonly FcDataName[]
  /** Seconds that an answer is held for its login, sealed; `false`: never. 1800 by default. */
  hold?: number | false
  /** Where held answers live; in the process's memory, bounded, by default. */
  store?: FcDataStore
  /** At least 32 characters, or several of them: the first seals, all open. By default the login plugin's. */
  secret?: string | readonly string[]
  /** Reads the access token where fastify-franceconnect does not log citizens in. */
  getAccessToken?: GetAccessToken
  /**
   * Milliseconds that the callback of a login waits for data in all. 4,000 by default. Calls under way go on: the page
   * joins them, or finds their outcome.
   */
  callbackTimeout?: number
  /** Milliseconds for one exchange, body included; tries and waits together end within twice that. 15,000 by default. */
  timeout?: number
  /** Takes one record per call, for the service's access log. */
  onAccess?: (record: FcDataAccess) => unknown
  /** An undici Dispatcher: proxy, mTLS, tests. */
  dispatcher?: Dispatcher
}

/** The options, checked, with their defaults. */
export interface ResolvedOptions {
  apis: readonly ListedApi[]
  providers: ProvidersOptions
  prefetch: readonly string[]
  callbackTimeout: number
  hold: number | false
  store: FcDataStore | null
  secrets: readonly string[] | null
  getAccessToken: GetAccessToken | null
  timeout: number
  onAccess: ((record: FcDataAccess) => unknown) | null
  dispatcher: Dispatcher | undefined
}

const NAMES = [
  'apis',
  'providers',
  'prefetch',
  'callbackTimeout',
  'hold',
  'store',
  'secret',
  'getAccessToken',
  'timeout',
  'onAccess',
  'dispatcher'
]

function secretsOf(secret: unknown): readonly string[] | null {
  if (secret === undefined) return null
  const list = Array.isArray(secret) ? secret : [secret]
  const good = list.length > 0 && list.every((one) => typeof one === 'string' && one.length >= 32)
  return good ? list : invalid('secret', 'must be a text of at least 32 characters, or an array of them')
}

function holdOf(hold: unknown): number | false {
  if (hold === undefined) return 1800
  const good = hold === false || (Number.isInteger(hold) && (hold as number) > 0 && (hold as number) <= 86_400)
  return good
    ? (hold as number | false)
    : invalid('hold', 'must be a whole number of seconds from 1 to 86400, or false')
}

function has(value: unknown, option: string, ...methods: string[]): void {
  const good =
    value === undefined ||
    methods.every((name) => typeof (value as Record<string, unknown> | null)?.[name] === 'function')
  if (!good) invalid(option, `must have ${methods.map((name) => `${name}()`).join(', ')}`)
}

function namesOf(
  prefetch: unknown,
  apis: readonly ListedApi[],
  hold: number | false,
  hasLogins: boolean
): readonly string[] {
  if (prefetch === undefined) return []
  if (!Array.isArray(prefetch)) return invalid('prefetch', 'must be an array of API names')
  for (const name of prefetch) {
    const listed = apis.find((api) => api.name === name)
    if (!listed) invalid('prefetch', 'names an API that is not in apis')
    if (listed?.atLogin === false)
      invalid('prefetch', `names "${listed.name}", whose scopes are not asked at login (atLogin: false)`)
    if (listed?.needsParams) invalid('prefetch', `names "${listed.name}", which cannot be called without parameters`)
  }
  check(hasLogins || prefetch.length === 0, 'prefetch', 'needs fastify-franceconnect, at whose logins it is called')
  return hold === false && prefetch.length > 0
    ? invalid('prefetch', 'needs hold: what is fetched must be kept for the page')
    : prefetch
}

/** Checks everything and throws `FST_FC_DATA_INVALID_OPTIONS`, in one sentence, for the first thing that is wrong. */
export function resolveOptions(
  given: FcDataOptions,
  login: { environment: 'integration' | 'production' | null } | null
): ResolvedOptions {
  const options = object(given, 'options', NAMES)
  const hold = holdOf(options['hold'])
  const secrets = secretsOf(options['secret'])
  has(options['store'], 'store', 'get', 'set', 'delete')
  has(options['dispatcher'], 'dispatcher', 'dispatch')
  const flaw = given.dispatcher && dispatcherFlaw(given.dispatcher)
  if (flaw) invalid('dispatcher', flaw)
  for (const name of ['getAccessToken', 'onAccess'])
    check(options[name] === undefined || typeof options[name] === 'function', name, 'must be a function')
  check(
    login || options['getAccessToken'],
    'getAccessToken',
    'is required, or register fastify-franceconnect before this plugin'
  )
  check(
    login || secrets || !options['store'],
    'secret',
    'is required with store where fastify-franceconnect is not registered'
  )
  const timeout = milliseconds(options['timeout'] ?? 15_000, 'timeout')
  const apis = apisOf(options['apis'], timeout)
  const needed = new Set(apis.flatMap((api): ProviderName[] => ('entry' in api ? [api.entry.provider] : [])))
  return Object.freeze({
    apis,
    providers: providersOf(options['providers'], needed, login?.environment ?? null),
    prefetch: namesOf(options['prefetch'], apis, hold, login !== null),
    callbackTimeout: milliseconds(options['callbackTimeout'] ?? 4000, 'callbackTimeout'),
    hold,
    store: given.store ?? null,
    secrets,
    getAccessToken: given.getAccessToken ?? null,
    timeout,
    onAccess: given.onAccess ?? null,
    dispatcher: given.dispatcher
  })
}
