import { type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import type { CatalogueApi, OwnApi } from './api.ts'
import { type Params, paramsChecker } from './params.ts'
import type { Provider, ProviderCall, ProviderData } from './providers/provider.ts'
import { type Target, targets } from './target.ts'

/** An API that this service calls: an entry of the catalogue or one of its own, made ready. */
export interface EnabledApi {
  readonly name: string
  readonly provider: Provider
  /** Scopes asked at login; a token with one of them may call. */
  readonly scopes: readonly string[]
  /** Milliseconds for one exchange. */
  readonly timeout: number
  /** False when only `app.fcData.require` asks its scopes. */
  readonly atLogin: boolean
  readonly method: 'GET' | 'POST'
  /** The body of a POST. */
  body(call: ProviderCall, headers: Record<string, string>): string | undefined
  /** The parameters, checked and written one way. Throws `FST_FC_DATA_INVALID_PARAMS`. */
  checkParams(params: unknown): Params
  target(params: Params): Target
  /** True when the data is what the API answers; numbers that came as texts may be mended in place. */
  accepts(read: ProviderData): boolean
}

export interface EnabledOptions {
  provider: Provider
  scopes: readonly string[]
  timeout: number
  atLogin: boolean
}

function dataCheck(schema: TSchema, numbersAsTexts: boolean): (read: ProviderData) => boolean {
  const compiled = Compile(schema)
  if (!numbersAsTexts) return (read) => compiled.Check(read.data)
  return (read) => {
    if (compiled.Check(read.data)) return true
    read.data = Value.Convert(schema, read.data)
    return compiled.Check(read.data)
  }
}

export function enableEntry(entry: CatalogueApi, baseUrl: string, options: EnabledOptions): EnabledApi {
  const { provider } = options
  return {
    ...options,
    method: 'GET',
    body: () => undefined,
    name: entry.name,
    checkParams: paramsChecker(entry.name, entry.params, entry.rule, entry.canonical),
    target: targets(entry.name, baseUrl + entry.path, provider.query ?? {}, entry.headers ?? []),
    // Integrators of the DGFiP met amounts written as texts.
    accepts: dataCheck(entry.data, entry.provider === 'dgfip')
  }
}

export function enableOwn(api: OwnApi, options: EnabledOptions): EnabledApi {
  const schema = api.params ?? Type.Object({})
  const strict = schema === api.params && 'properties' in schema && !('additionalProperties' in schema)
  const params = strict || !api.params ? { ...schema, additionalProperties: false } : schema
  return {
    ...options,
    method: 'GET',
    body: () => undefined,
    name: api.name,
    checkParams: paramsChecker(api.name, params as TSchema, undefined, undefined),
    target: targets(api.name, api.url, options.provider.query ?? {}, []),
    accepts: api.data ? dataCheck(api.data, false) : () => true
  }
}
