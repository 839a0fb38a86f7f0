import type { FcDataErrorCode, FcDataRemedy, ProviderError } from '../errors.ts'

/** One HTTP call about to leave. */
export interface ProviderCall {
  /** Name of the API. */
  readonly api: string
  /** FranceConnect's access token of the citizen. */
  readonly token: string
  /** Parameters of the call, checked. */
  readonly params: Readonly<Record<string, unknown>>
  /** A UUID, new for each HTTP call; sent as `X-Request-Id` unless `headers` says otherwise. */
  readonly correlationId: string
}

/** What a provider's error answer means. */
export interface ProviderFailure {
  /** Left out, the HTTP status tells. */
  code?: FcDataErrorCode
  /** What mends it, where that is not what mostly mends the code. */
  remedy?: FcDataRemedy
  /** What the developer should do, in English: no text of the answer, no parameter. */
  message?: string
  /** Seconds that the provider asks to wait. */
  retryIn?: number
  /** The call was refused because the same one is being served: trying again in a moment heals it. */
  busy?: boolean
  /** The provider's own token was refused and dropped: trying once more with a new one may heal it. */
  renewed?: boolean
}

/** A good answer, out of its envelope. `meta` is the `envelope` of the result's `meta`. */
export interface ProviderData {
  data: unknown
  meta?: Record<string, unknown>
}

/**
 * How one data provider takes its credentials and words its answers. The built-in ones are made of this; give
 * `defineApi` your own for an API that is neither called nor read as a plain JSON API with a Bearer token.
 */
export interface Provider {
  /** Named in errors, logs and access records. */
  readonly name: string
  /** Query parameters joined to every call. */
  readonly query?: Readonly<Record<string, string>>
  /** Takes JSON under any Content-Type; otherwise that of another kind of document (HTML, XML) is refused. */
  readonly anyContentType?: boolean
  /** Request headers, credentials included. What it throws is `FST_FC_DATA_CREDENTIALS_FAILED`. */
  headers(call: ProviderCall): Record<string, string> | Promise<Record<string, string>>
  /** What a POST sends: a text as it is, anything else as JSON. By default the parameters that are not in the path. */
  body?(call: ProviderCall): unknown
  /** Takes a 2xx body out of its envelope; `null` when it is not one. By default the body is the data. */
  unwrap?(body: unknown): ProviderData | null
  /** Codes and titles of an error body. By default none: an unknown body may hold anything. */
  errors?(body: unknown): ProviderError[]
  /**
   * True where this answer means that the provider has nothing on this citizen: `data` is then `null`. Asked of error
   * answers, and of those under 300 that hold no data (204). `body` is the JSON received or `undefined`.
   */
  nothing?(status: number, errors: readonly ProviderError[], body: unknown): boolean
  /**
   * What an error answer means; `undefined` leaves it to its HTTP status. `body` is the JSON received or `undefined`,
   * `sent` the headers of the call.
   */
  failure?(
    status: number,
    errors: readonly ProviderError[],
    body: unknown,
    sent: Readonly<Record<string, string>>
  ): ProviderFailure | undefined
}
