import type { FastifyRequest } from 'fastify'
import type { NothingMeaning } from '../reading/api-particulier-codes.ts'
import type { entries } from './entries.ts'

/**
 * Your own API, by name, so that `request.fcData` knows them:
 * `declare module 'fastify-fc-data' { interface FcDataRegistry { 'ville/solde-cantine': typeof soldeCantine } }`.
 * A type that is not what `defineApi` returned is taken as the type of the data.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by module augmentation
export interface FcDataRegistry {}

type Entry = (typeof entries)[number]
type Catalogue = { [E in Entry as E['name']]: E }

/** Names of the catalogue. */
export type CatalogueName = keyof Catalogue
/** Scopes of an API of the catalogue. */
export type CatalogueScope<N extends CatalogueName> = Catalogue[N]['scopes'][number]
/** Every name that `request.fcData` takes. */
export type FcDataName = CatalogueName | (keyof FcDataRegistry & string)

type Declared<N> = N extends keyof Catalogue ? Catalogue[N] : N extends keyof FcDataRegistry ? FcDataRegistry[N] : N
interface Typed<P, D> {
  readonly types?: { params: P; data: D }
  readonly scopes: readonly string[]
}
type Loose = Record<string, unknown>

/** Parameters of an API, by its name or by what `defineApi` returned. */
export type FcDataParams<N> = Declared<N> extends Typed<infer P, unknown> ? (unknown extends P ? Loose : P) : Loose

/** Data of an API; `null` where the provider may have nothing on this citizen. */
export type FcDataData<N> =
  Declared<N> extends Typed<unknown, infer D>
    ? Declared<N> extends { sources: readonly string[] }
      ? D | null
      : D
    : Declared<N>

export interface FcDataMeta {
  /** Name of the API. */
  api: string
  /** When the provider answered. */
  receivedAt: Date
  /** The one of the HTTP exchange. */
  correlationId: string
  /** True when the answer was held for this login, and nothing left the server. */
  held: boolean
  /** Dotted paths of the members that did not fit and were left out of `data`, indices as received. */
  leftOut?: readonly string[]
  /** True when the provider says that a part of the data could not be had (206). */
  partial?: true
  /** The request's id, as the provider's own answer names it. */
  requestId?: string
  /** Where `data` is `null` or partial: why, as far as the provider says it. */
  reason?: FcDataReason
  /** What the provider's envelope adds, as it came. */
  envelope: Readonly<Record<string, unknown>>
}

/** Why there is nothing: the provider's own code and title, or its HTTP status where it gives none. */
export interface FcDataReason {
  code: string
  title?: string
  /** What it means, where the facts tell. */
  meaning?: NothingMeaning
}

export interface FcDataResult<N> {
  data: FcDataData<N>
  meta: FcDataMeta
}

export interface FcDataCallOptions {
  /** Gives up this call, and the HTTP exchange when nobody else waits for it. */
  signal?: AbortSignal
  /** Asks the provider again, whatever is held. */
  fresh?: boolean
}

/** Parameters, or alternatives of them. */
type OneOf<P> = P | readonly P[]
type Optional<P> = Record<never, never> extends P ? true : false

/** What follows the name: parameters are required where the API requires one. */
export type FcDataArguments<N> =
  Optional<FcDataParams<N>> extends true
    ? [params?: OneOf<FcDataParams<N>>, options?: FcDataCallOptions]
    : [params: OneOf<FcDataParams<N>>, options?: FcDataCallOptions]

type GuardParams<N> = OneOf<FcDataParams<N>> | ((request: FastifyRequest) => OneOf<FcDataParams<N>>)

/** The same for a guard, whose parameters may be a function of the request. */
export type FcDataGuardArguments<N> =
  Optional<FcDataParams<N>> extends true ? [params?: GuardParams<N>] : [params: GuardParams<N>]
