import createError, { type FastifyError } from '@fastify/error'

/** What a data provider said of an error: its own code and title, shortened, without token nor parameter in them. */
export interface ProviderError {
  code: string
  title?: string
}

/**
 * What mends an error: `login`, the citizen going through FranceConnect again (`loginUrl`); `retry`, asking again later
 * (`retryAfter` when it is known); `byHand`, the citizen giving it by hand, for asking again changes nothing;
 * `configuration`, the service itself or its habilitation.
 */
export type FcDataRemedy = (typeof remedies)[number]
export const remedies = ['login', 'retry', 'byHand', 'configuration'] as const

/** What every error carries beside `code`, `statusCode` and `message`; never a token, a citizen's datum or a URL. */
export interface FcDataErrorDetails {
  /** Name of the API, absent when the name itself is wrong. */
  api?: string
  /** `apiParticulier`, `dgfip`, `cnam`, `franceTravail` or the name of your own provider. */
  provider?: string
  /** HTTP status that the provider answered, absent when it answered nothing. */
  providerStatusCode?: number
  providerErrors?: readonly ProviderError[]
  /** The one of the HTTP exchange, sent as `X-Request-Id`, to quote to the provider. */
  correlationId?: string
  /** The provider's own `X-Request-Id`, to quote to it. */
  requestId?: string
  /** Whole seconds to wait before trying again, when they are known. */
  retryAfter?: number
  /** Where to log in, on the errors that a login mends. */
  loginUrl?: string
}

export interface FcDataError extends FastifyError, FcDataErrorDetails {
  code: FcDataErrorCode
  remedy: FcDataRemedy
  /** A sentence in French to show to the citizen. */
  userMessage: string
  /** Response headers that Fastify sends with the error. */
  headers?: Record<string, string>
}

const BY_HAND = 'Saisissez-les à la main.'
const LOGIN = 'Identifiez-vous avec FranceConnect pour que nous puissions récupérer vos données.'
const said: Record<FcDataRemedy, string> = {
  login: LOGIN,
  retry: 'Le service qui détient vos données ne répond pas correctement. Vous pouvez réessayer dans un moment.',
  byHand: `Le service qui détient vos données ne peut pas nous les transmettre. ${BY_HAND}`,
  configuration: `Notre site ne peut pas récupérer vos données. ${BY_HAND}`
}

/** Every failure of this package: its HTTP status, what mends it and what the citizen may read. */
const table = {
  FST_FC_DATA_INVALID_OPTIONS: [500, 'configuration', said.configuration],
  FST_FC_DATA_UNKNOWN_API: [500, 'configuration', said.configuration],
  FST_FC_DATA_API_NOT_ENABLED: [500, 'configuration', said.configuration],
  FST_FC_DATA_INVALID_PARAMS: [
    400,
    'byHand',
    'Une des informations demandées n’est pas valable. Vérifiez votre saisie.'
  ],
  FST_FC_DATA_LOGIN_REQUIRED: [401, 'login', LOGIN],
  FST_FC_DATA_TOKEN_EXPIRED: [401, 'login', `Votre autorisation a expiré. ${LOGIN}`],
  FST_FC_DATA_IDENTITY_NOT_MATCHED: [
    404,
    'byHand',
    `Le service qui détient vos données ne vous reconnaît pas avec l’identité transmise par FranceConnect. ${BY_HAND}`
  ],
  FST_FC_DATA_TOKEN_REFUSED: [502, 'configuration', said.configuration],
  FST_FC_DATA_SCOPE_MISSING: [
    403,
    'configuration',
    `Notre site n’a pas obtenu l’autorisation de lire ces données. ${BY_HAND}`
  ],
  FST_FC_DATA_FORBIDDEN: [403, 'configuration', `Notre site n’est pas autorisé à lire ces données. ${BY_HAND}`],
  FST_FC_DATA_RATE_LIMITED: [503, 'retry', 'Trop de demandes en ce moment. Vous pouvez réessayer dans un instant.'],
  FST_FC_DATA_CREDENTIALS_FAILED: [502, 'configuration', said.configuration],
  FST_FC_DATA_PROVIDER_ERROR: [502, 'retry', said.retry],
  FST_FC_DATA_INVALID_RESPONSE: [502, 'retry', said.retry],
  FST_FC_DATA_UNAVAILABLE: [503, 'retry', said.retry],
  FST_FC_DATA_TIMEOUT: [504, 'retry', said.retry]
} as const satisfies Record<string, readonly [number, FcDataRemedy, string]>

export type FcDataErrorCode = keyof typeof table

/** The codes, for a `switch` or a test. */
export const errorCodes = Object.freeze(Object.keys(table)) as readonly FcDataErrorCode[]

const classes = new Map(
  Object.entries(table).map(([code, [statusCode]]) => [code, createError<[string]>(code, '%s', statusCode)])
)

/**
 * Makes the error of a row. `message` is for developers, in English, and says what to do. `remedy` is given where this
 * one is not mended as its code mostly is.
 */
export function fcDataError(
  code: FcDataErrorCode,
  message: string,
  { remedy, ...details }: FcDataErrorDetails & { remedy?: FcDataRemedy | undefined } = {}
): FcDataError {
  const Row = classes.get(code)!
  const error = new Row(message) as FcDataError
  const [, usual, sentence] = table[code]
  error.remedy = remedy ?? usual
  error.userMessage = error.remedy === usual ? sentence : said[error.remedy]
  for (const [name, value] of Object.entries(details)) if (value !== undefined) Object.assign(error, { [name]: value })
  if (details.retryAfter !== undefined) {
    error.retryAfter = Math.ceil(details.retryAfter)
    error.headers = { 'retry-after': String(error.retryAfter) }
  }
  return error
}

const DETAILS = [
  'api',
  'provider',
  'providerStatusCode',
  'providerErrors',
  'correlationId',
  'requestId',
  'retryAfter',
  'remedy'
] as const

/** What an error carries, without where to log in: to keep it, or to make it again for another request. */
export function detailsOf(error: FcDataError): FcDataErrorDetails & { remedy: FcDataRemedy } {
  const known = DETAILS.filter((name) => error[name] !== undefined).map((name) => [name, error[name]])
  return Object.fromEntries(known)
}

/** True for an error made by this package. */
export function isFcDataError(error: unknown): error is FcDataError {
  return error instanceof Error && classes.has((error as FcDataError).code)
}
