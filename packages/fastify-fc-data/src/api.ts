import type { Static, TSchema } from 'typebox'
import type { Plain } from './apis/plain.ts'
import type { DgfipResource } from './providers/dgfip.ts'
import type { Provider } from './providers/provider.ts'

/** The data providers of the catalogue, as the `providers` option names them. */
export type ProviderName = 'apiParticulier' | 'dgfip' | 'cnam' | 'franceTravail'

/** How sure the public sources are that an API can be called today. */
export type ApiStatus = 'available' | 'planned' | 'deprecated' | 'restricted' | 'uncertain'

/** A parameter rule that a schema cannot say: returns what is wrong, without repeating the value. */
export type ParamsRule<Params> = (params: Params, now: Date) => string | undefined

/** An API of the catalogue: facts, with their sources. `Params` and `Data` are plain types, resolved once from the schemas. */
export interface CatalogueApi<
  Name extends string = string,
  Params = unknown,
  Data = unknown,
  From extends ProviderName = ProviderName
> {
  /** Never there: keeps the types of the parameters and of the data. */
  readonly types?: { params: Params; data: Data }
  readonly name: Name
  readonly title: string
  readonly producer: string
  readonly provider: From
  readonly status: ApiStatus
  readonly statusNote?: string
  readonly version: string
  /** Whole path; `{name}` is filled from the parameters. */
  readonly path: string
  /** Exact scopes, as FranceConnect takes them. */
  readonly scopes: readonly string[]
  /** What each scope opens. */
  readonly fields: Readonly<Record<string, string>>
  /** True where the scopes of the entry cannot be asked together: the service's own list is then required. */
  readonly scopesRequired?: boolean
  readonly params: TSchema
  /** Names of the parameters that travel in a header. */
  readonly headers?: readonly string[]
  readonly data: TSchema
  readonly dgfip?: DgfipResource
  readonly notes?: readonly string[]
  readonly sources: readonly string[]
  rule?(params: Params, now: Date): string | undefined
  /** The one way of writing the parameters, so that two writings of the same thing are one call. */
  canonical?(params: Params): Params
}

/** Keeps the literal types of an entry. */
export function catalogueApi<
  const Name extends string,
  Params extends TSchema,
  Data extends TSchema,
  From extends ProviderName
>(
  entry: Omit<CatalogueApi<Name, Plain<Params>, unknown, From>, 'types'> & { params: Params; data: Data }
): CatalogueApi<Name, Plain<Params>, Plain<Data>, From> {
  return Object.freeze(entry) as CatalogueApi<Name, Plain<Params>, Plain<Data>, From>
}

/** An API of your own. */
export interface OwnApi<Name extends string = string, Params = unknown, Data = unknown> {
  /** Never there: keeps the types of the parameters and of the data. */
  readonly types?: { params: Params; data: Data }
  readonly name: Name
  /** `https:`, or `http:` on a loopback host; `{name}` in its path is filled from the parameters. */
  readonly url: string
  /** Scopes asked at login; empty when any token of a login will do. */
  readonly scopes: readonly string[]
  readonly params?: TSchema
  readonly data?: TSchema
  /** How credentials are sent, envelopes and errors read; by default a Bearer token and bare JSON. */
  readonly provider?: Provider
}

/**
 * Declares an API that is not in the catalogue, to be listed in the `apis` option. Its schemas are TypeBox's.
 * A wrong declaration throws `FST_FC_DATA_INVALID_OPTIONS` when the plugin is registered.
 */
export function defineApi<const Name extends string, Params extends TSchema = TSchema, Data extends TSchema = TSchema>(
  api: Omit<OwnApi<Name>, 'types'> & { params?: Params; data?: Data }
): OwnApi<
  Name,
  TSchema extends Params ? Record<string, unknown> : Static<Params>,
  TSchema extends Data ? unknown : Static<Data>
> {
  return Object.freeze({ ...api })
}
