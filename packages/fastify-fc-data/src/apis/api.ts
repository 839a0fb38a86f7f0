import type { Static, TSchema } from 'typebox'
import type { DgfipResource } from '../providers/dgfip.ts'
import type { Provider } from '../providers/provider.ts'
import type { NothingMeaning } from '../reading/api-particulier-codes.ts'
import type { Described, Schema } from './fields.ts'
import { factsOf, type ScopeFacts } from './scope-facts.ts'

/** The data providers of the catalogue, as the `providers` option names them. */
export type ProviderName = 'apiParticulier' | 'dgfip' | 'cnam' | 'franceTravail'

/** How sure the public sources are that an API can be called today. */
export type ApiStatus = 'available' | 'planned' | 'deprecated' | 'restricted' | 'uncertain'

/** An API of the catalogue: facts, with their sources. `Params` and `Data` are plain types, resolved once from the schemas. */
export interface CatalogueApi<
  Name extends string = string,
  Params = unknown,
  Data = unknown,
  From extends ProviderName = ProviderName,
  Scope extends string = string
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
  /** Exact scopes, as FranceConnect takes them. Those that DataPass grants are asked by default. */
  readonly scopes: readonly Scope[]
  /** Scopes that some habilitations hold for it, never asked by default. */
  readonly otherScopes?: readonly Scope[]
  /** What is known of each of these scopes. */
  readonly scopeFacts: Readonly<Record<string, ScopeFacts>>
  /** What each scope opens. */
  readonly fields: Readonly<Record<string, string>>
  /** True where the scopes of the entry cannot be asked together: the service's own list is then required. */
  readonly scopesRequired?: boolean
  readonly params: Schema
  /** Names of the parameters that travel in a header. */
  readonly headers?: readonly string[]
  readonly data: Schema
  readonly dgfip?: DgfipResource
  /** What the provider's codes mean here when `data` is `null`; by default there is no file on this citizen. */
  readonly nothing?: Readonly<Record<string, NothingMeaning>>
  readonly notes?: readonly string[]
  readonly sources: readonly string[]
  rule?(params: Params, now: Date): string | undefined
  /** The one way of writing the parameters, so that two writings of the same thing are one call. */
  canonical?(params: Params): Params
}

/** Keeps the literal types of an entry, and joins what is known of its scopes. */
export function catalogueApi<
  const Name extends string,
  P extends Schema,
  D extends Schema,
  From extends ProviderName,
  const Scope extends string
>(
  entry: Omit<CatalogueApi<Name, Described<P>, unknown, From, Scope>, 'types' | 'scopeFacts'> & { params: P; data: D }
): CatalogueApi<Name, Described<P>, Described<D>, From, Scope> {
  const scopes = [...entry.scopes, ...(entry.otherScopes ?? [])]
  return Object.freeze({ ...entry, scopeFacts: Object.fromEntries(scopes.map((scope) => [scope, factsOf(scope)])) })
}

/** The scopes asked for an entry where the service lists none: those that DataPass is not known to refuse. */
export function defaultScopes({ scopes, scopeFacts }: Pick<CatalogueApi, 'scopes' | 'scopeFacts'>): readonly string[] {
  return scopes.filter((scope) => scopeFacts[scope]?.dataPass.granted !== false)
}

declare const written: unique symbol
/** A scope that the catalogue does not know. */
export type OtherScope = string & { readonly [written]: true }

/** A scope that your habilitation holds and that the catalogue does not know: without this it does not compile. */
export function otherScope(name: string): OtherScope {
  return name as OtherScope
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
  /**
   * `'GET'` by default. With `'POST'` the parameters that are not in the path leave in the body, as JSON or as the
   * `body` of the provider object writes them; such a call is never tried twice.
   */
  readonly method?: 'GET' | 'POST'
  readonly params?: TSchema
  /** A member that does not fit it is left out of the answer, unless it is required. */
  readonly data?: TSchema
  /** How credentials are sent, envelopes and errors read; by default a Bearer token and bare JSON. */
  readonly provider?: Provider
}

/**
 * Declares an API that is not in the catalogue, to be listed in the `apis` option. Its schemas are JSON Schema, written out
 * where it is declared or made with TypeBox, and typed either way.
 * A wrong declaration throws `FST_FC_DATA_INVALID_OPTIONS` when the plugin is registered.
 */
export function defineApi<
  const Name extends string,
  const Params extends TSchema = TSchema,
  const Data extends TSchema = TSchema,
  From extends Provider = Provider
>(
  api: Omit<OwnApi<Name>, 'types' | 'provider'> & { params?: Params; data?: Data; provider?: From }
): OwnApi<
  Name,
  TSchema extends Params ? Record<string, unknown> : Static<Params>,
  (TSchema extends Data ? unknown : Static<Data>) | NothingOf<From>
> {
  return Object.freeze({ ...api })
}

/** A provider object that may say that it has nothing: `data` is then `null`. */
type NothingOf<From extends Provider> = From extends { nothing: (...given: never[]) => boolean } ? null : never
