import createError, { type FastifyError } from '@fastify/error'

/** What a data provider said of an error: its own code and title, shortened, without token nor parameter in them. */
export interface ProviderError {
  code: string
  title?: string
}

/** What every error carries beside `code`, `statusCode` and `message`; never a token, a citizen's datum or a URL. */
export interface FcDataErrorDetails {
  /** Name of the API, absent when the name itself is wrong. */
  api?: string
  /** `apiParticulier`, `dgfip`, `cnam`, `franceTravail` or the name of your own provider. */
  provider?: string
  /** HTTP status that the provider answered, absent when it answered nothing. */
  providerStatusCode?: number
  providerErrors?: readonly ProviderError[]
  /** The one of the HTTP exchange, to quote to the provider. */
  correlationId?: string
  /** Seconds to wait before trying again, when the provider said so. */
  retryAfter?: number
  /** Where to log in, on the errors that a login mends. */
  loginUrl?: string
}

export interface FcDataError extends FastifyError, FcDataErrorDetails {
  code: FcDataErrorCode
  /** A sentence in French to show to the citizen. */
  userMessage: string
  /** Response headers that Fastify sends with the error. */
  headers?: Record<string, string>
}

const LATER = 'Le service qui détient vos données ne répond pas correctement. Vous pouvez réessayer dans un moment.'
const LOGIN = 'Identifiez-vous avec FranceConnect pour que nous puissions récupérer vos données.'
const OURS = 'Ce service ne peut pas récupérer vos données pour le moment.'

/** Every failure of this package: its HTTP status and what the citizen may read. */
const table = {
  FST_FC_DATA_INVALID_OPTIONS: [500, OURS],
  FST_FC_DATA_UNKNOWN_API: [500, OURS],
  FST_FC_DATA_API_NOT_ENABLED: [500, OURS],
  FST_FC_DATA_INVALID_PARAMS: [400, 'Une des informations demandées n’est pas valable. Vérifiez votre saisie.'],
  FST_FC_DATA_LOGIN_REQUIRED: [401, LOGIN],
  FST_FC_DATA_TOKEN_EXPIRED: [401, `Votre autorisation a expiré. ${LOGIN}`],
  FST_FC_DATA_SCOPE_MISSING: [403, 'Ce service n’a pas demandé l’autorisation de lire ces données.'],
  FST_FC_DATA_FORBIDDEN: [403, 'Ce service n’est pas autorisé à lire ces données.'],
  FST_FC_DATA_RATE_LIMITED: [503, 'Trop de demandes en ce moment. Vous pouvez réessayer dans un instant.'],
  FST_FC_DATA_CREDENTIALS_FAILED: [502, OURS],
  FST_FC_DATA_PROVIDER_ERROR: [502, LATER],
  FST_FC_DATA_INVALID_RESPONSE: [502, LATER],
  FST_FC_DATA_UNAVAILABLE: [503, LATER],
  FST_FC_DATA_TIMEOUT: [504, LATER]
} as const satisfies Record<string, readonly [number, string]>

export type FcDataErrorCode = keyof typeof table

/** The codes, for a `switch` or a test. */
export const errorCodes = Object.freeze(Object.keys(table)) as readonly FcDataErrorCode[]

const classes = new Map(
  Object.entries(table).map(([code, [statusCode]]) => [code, createError<[string]>(code, '%s', statusCode)])
)

/** Makes the error of a row. `message` is for developers, in English, and says what to do. */
export function fcDataError(code: FcDataErrorCode, message: string, details: FcDataErrorDetails = {}): FcDataError {
  const Row = classes.get(code)!
  const error = new Row(message) as FcDataError
  error.userMessage = table[code][1]
  for (const [name, value] of Object.entries(details)) if (value !== undefined) Object.assign(error, { [name]: value })
  if (details.retryAfter !== undefined) error.headers = { 'retry-after': String(Math.ceil(details.retryAfter)) }
  return error
}

/** True for an error made by this package. */
export function isFcDataError(error: unknown): error is FcDataError {
  return error instanceof Error && classes.has((error as FcDataError).code)
}
