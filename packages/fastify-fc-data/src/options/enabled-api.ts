import type { CatalogueApi, OwnApi } from '../apis/api.ts'
import { bodyOf, type WriteBody } from '../calls/body.ts'
import { type Params, paramsChecker } from '../calls/params.ts'
import { type Target, targets } from '../calls/target.ts'
import type { Provider } from '../providers/provider.ts'
import type { NothingMeaning } from '../reading/api-particulier-codes.ts'
import { type DataReading, dataReader } from '../reading/data.ts'
import type { SchemaCheck } from '../reading/typebox.ts'

/** An API that this service calls: an entry of the catalogue or one of its own, made ready. */
export interface EnabledApi {
  readonly name: string
  readonly provider: Provider
  /** Scopes asked at login. */
  readonly scopes: readonly string[]
  /** A token with one of them may call; none where any token will do. */
  readonly callableWith: readonly string[]
  /** Milliseconds for one exchange. */
  readonly timeout: number
  /** False when only `app.fcData.require` asks its scopes. */
  readonly atLogin: boolean
  readonly method: 'GET' | 'POST'
  /** The body of a POST. */
  readonly body: WriteBody
  /** The parameters, checked and written one way. Throws `FST_FC_DATA_INVALID_PARAMS`. */
  checkParams(params: unknown): Params
  target(params: Params): Target
  /** Reads what is out of its envelope, in place; what does not fit is left out. */
  read(data: unknown): DataReading
  /** What a code means where the provider has nothing on the citizen. */
  nothing(code: string): NothingMeaning | undefined
}

export interface EnabledOptions {
  provider: Provider
  scopes: readonly string[]
  timeout: number
  atLogin: boolean
  /** TypeBox, where one's own schemas need it. */
  foreign?: SchemaCheck | undefined
  /** Called once for an API and a set of paths. */
  onLeftOut(paths: readonly string[]): void
  /** Called for a schema that is wrong. */
  wrong(member: 'params' | 'data', why: string): never
}

/** Sets of paths told of an API: enough for what a provider does wrong, never a list that grows with its answers. */
const MAX_TOLD = 100

function telling(read: (data: unknown) => DataReading, tell: (paths: readonly string[]) => void): EnabledApi['read'] {
  const told = new Set<string>()
  return (data) => {
    const found = read(data)
    if ('wrong' in found || found.leftOut.length === 0) return found
    const paths = [...new Set(found.leftOut.map((path) => path.replace(/\.\d+(?=\.|$)|^\d+(?=\.|$)/g, '[]')))].sort()
    const set = paths.join(' ')
    if (told.has(set) || told.size >= MAX_TOLD) return found
    told.add(set)
    tell(found.leftOut)
    return found
  }
}

export function enableEntry(entry: CatalogueApi, baseUrl: string, options: EnabledOptions): EnabledApi {
  const { provider, scopes, timeout, atLogin } = options
  const rules = { wrong: (why: string) => options.wrong('data', why) }
  return {
    name: entry.name,
    provider,
    scopes,
    callableWith: scopes.length ? scopes : entry.scopes,
    timeout,
    atLogin,
    method: 'GET',
    body: () => undefined,
    checkParams: paramsChecker(entry.name, entry.params, { rule: entry.rule, canonical: entry.canonical, ...rules }),
    target: targets(entry.name, baseUrl + entry.path, provider.query ?? {}, entry.headers ?? []),
    read: telling(dataReader(entry.data, rules), options.onLeftOut),
    nothing: (code) => entry.nothing?.[code] ?? 'noFile'
  }
}

/** Parameters that are not declared are refused, unless the schema says otherwise. */
function ownParams({ params }: OwnApi): object {
  if (!params) return { type: 'object', additionalProperties: false }
  const open = !('properties' in params) || 'additionalProperties' in params
  return open ? params : { ...params, additionalProperties: false }
}

export function enableOwn(api: OwnApi, options: EnabledOptions): EnabledApi {
  const { provider, scopes, timeout, atLogin, foreign } = options
  const rules = (member: 'params' | 'data') => ({ foreign, wrong: (why: string) => options.wrong(member, why) })
  const method = api.method ?? 'GET'
  return {
    name: api.name,
    provider,
    scopes,
    callableWith: scopes,
    timeout,
    atLogin,
    method,
    body: bodyOf(api, provider),
    checkParams: paramsChecker(api.name, ownParams(api), rules('params')),
    target: targets(api.name, api.url, provider.query ?? {}, method === 'POST' ? 'body' : []),
    read: api.data
      ? telling(dataReader(api.data, rules('data')), options.onLeftOut)
      : (data) => ({ data, leftOut: [] }),
    nothing: () => undefined
  }
}
