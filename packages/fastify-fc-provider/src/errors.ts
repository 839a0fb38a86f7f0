import createError, { type FastifyError } from '@fastify/error'

/** Status, then what the consumer's developers read: a title and a detail in French, as API Particulier's errors. */
const table = {
  FST_FC_PROVIDER_INVALID_OPTIONS: [500, 'Erreur interne', 'Ce service est mal réglé.'],
  FST_FC_PROVIDER_GUARD_MISSING: [500, 'Erreur interne', 'Ce service est mal réglé.'],
  FST_FC_PROVIDER_TOKEN_MISSING: [
    401,
    'Jeton d’accès manquant',
    'Le jeton d’accès FranceConnect de l’usager est attendu dans l’en-tête Authorization: Bearer, et nulle part ailleurs.'
  ],
  FST_FC_PROVIDER_TOKEN_INVALID: [
    401,
    'Jeton d’accès refusé',
    'Le jeton d’accès est mal formé, inconnu, expiré, ou l’usager s’est déconnecté de FranceConnect. Il vit 60 secondes.'
  ],
  FST_FC_PROVIDER_SCOPE_MISSING: [403, 'Scope manquant', 'L’usager n’a pas accordé les données demandées.'],
  FST_FC_PROVIDER_CONSUMER_REFUSED: [403, 'Service non habilité', 'Ce service n’est pas habilité à lire ces données.'],
  FST_FC_PROVIDER_RECIPIENT_INVALID: [
    422,
    'Destinataire invalide',
    'Le paramètre recipient est attendu une fois : le SIRET, de 14 chiffres, de l’organisme qui recevra les données.'
  ],
  FST_FC_PROVIDER_NOT_MATCHED: [404, 'Dossier non trouvé', 'Aucun dossier ne correspond à cet usager, ou plusieurs.'],
  FST_FC_PROVIDER_CREDENTIALS_FAILED: [
    502,
    'Vérification du jeton impossible',
    'Le fournisseur de données n’a pas pu s’identifier auprès de FranceConnect. Le jeton n’est pas en cause.'
  ],
  FST_FC_PROVIDER_INVALID_RESPONSE: [
    502,
    'Vérification du jeton impossible',
    'La réponse de FranceConnect n’a pas pu être vérifiée. Le jeton n’est pas en cause.'
  ],
  FST_FC_PROVIDER_UNAVAILABLE: [
    503,
    'Vérification du jeton indisponible',
    'FranceConnect ne répond pas pour le moment. Réessayez tant que le jeton vit.'
  ]
} as const satisfies Record<string, readonly [number, string, string]>

export type FcProviderErrorCode = keyof typeof table

/** The codes, for a `switch` or a test. */
export const errorCodes = Object.freeze(Object.keys(table)) as readonly FcProviderErrorCode[]

/** An error of this package. Nothing in it holds a token, a secret, a citizen's datum or a text of FranceConnect's. */
export interface FcProviderError extends FastifyError {
  code: FcProviderErrorCode
  statusCode: number
  /** In French, for the consumer. */
  title: string
  /** In French, for the consumer. */
  detail: string
  /** Scopes of which one, or all, was wanted: on `FST_FC_PROVIDER_SCOPE_MISSING`. */
  scopes?: readonly string[]
  /** `WWW-Authenticate` (RFC 6750 §3), on 401 and on a missing scope. Fastify sends it. */
  headers?: Record<string, string>
}

const classes = new Map(
  Object.entries(table).map(([code, [status]]) => [code, createError<[string]>(code, '%s', status)])
)

/** Makes the error of a row. `message` is for the log, in English, and says what to do. */
export function failure(
  code: FcProviderErrorCode,
  message: string,
  more: Partial<Pick<FcProviderError, 'detail' | 'scopes' | 'headers'>> = {}
): FcProviderError {
  const Row = classes.get(code)!
  const [, title, detail] = table[code]
  return Object.assign(new Row(message), { title, detail }, more) as FcProviderError
}

/** True for an error made by this package. */
export function isFcProviderError(error: unknown): error is FcProviderError {
  return error instanceof Error && classes.has((error as FcProviderError).code)
}
