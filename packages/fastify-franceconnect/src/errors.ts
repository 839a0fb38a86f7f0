import createError, { type FastifyError, type FastifyErrorConstructor } from '@fastify/error'

interface Row {
  statusCode: number
  message: string
  userMessage: string
}

const retry = 'Réessayez ; si cela continue, revenez à la démarche et signalez-le à son service.'

const table = {
  FST_FC_INVALID_OPTIONS: {
    statusCode: 500,
    message: 'fastify-franceconnect: %s',
    userMessage: 'Ce service est mal réglé. Signalez-le à son service.'
  },
  FST_FC_LOGIN_REQUIRED: {
    statusCode: 401,
    message: 'A FranceConnect login is required%s',
    userMessage: 'Vous devez vous connecter avec FranceConnect pour continuer.'
  },
  FST_FC_ACR_TOO_LOW: {
    statusCode: 403,
    message: 'The level of the login is under the one asked: %s',
    userMessage: 'Votre connexion n’a pas le niveau de garantie que cette démarche demande.'
  },
  FST_FC_ATTEMPT_NOT_FOUND: {
    statusCode: 400,
    message: 'This callback belongs to no login started in this browser: %s',
    userMessage:
      'Votre connexion a expiré, ou elle a été commencée dans un autre navigateur, ou les cookies sont bloqués. Recommencez la connexion.'
  },
  FST_FC_CALLBACK_INVALID: {
    statusCode: 400,
    message: 'The callback is malformed: %s',
    userMessage: `La réponse reçue n’est pas celle attendue de FranceConnect. ${retry}`
  },
  FST_FC_LOGIN_REFUSED: {
    statusCode: 403,
    message: 'FranceConnect gave no login (access_denied): %s',
    userMessage: 'Vous avez quitté FranceConnect sans vous connecter. Vous pouvez recommencer ou revenir à la démarche.'
  },
  FST_FC_PROVIDER_ERROR: {
    statusCode: 400,
    message: 'FranceConnect refused the login: %s',
    userMessage: `FranceConnect n’a pas pu traiter cette connexion. ${retry}`
  },
  FST_FC_CODE_REJECTED: {
    statusCode: 400,
    message: 'The authorization code was refused: %s',
    userMessage: 'Cette connexion a expiré ou a déjà servi. Recommencez la connexion.'
  },
  FST_FC_TOKEN_REQUEST_FAILED: {
    statusCode: 502,
    message: 'The token endpoint refused the request: %s',
    userMessage: `FranceConnect n’a pas pu terminer cette connexion. ${retry}`
  },
  FST_FC_ID_TOKEN_INVALID: {
    statusCode: 502,
    message: 'The ID Token is not acceptable: %s',
    userMessage: `La réponse de FranceConnect n’a pas pu être vérifiée. ${retry}`
  },
  FST_FC_USERINFO_INVALID: {
    statusCode: 502,
    message: 'The userinfo answer is not acceptable: %s',
    userMessage: `L’identité transmise par FranceConnect n’a pas pu être vérifiée. ${retry}`
  },
  FST_FC_REFUSED_BY_SERVICE: {
    statusCode: 403,
    message: 'The application refused the login%s',
    userMessage:
      'Ce service n’a pas accepté votre connexion. Vous pouvez recommencer, ou revenir à la démarche et le signaler à son service.'
  },
  FST_FC_LOGOUT_REFUSED: {
    statusCode: 403,
    message: 'The logout was asked by another site, or by what no citizen does: %s',
    userMessage: 'Confirmez que vous voulez vous déconnecter.'
  },
  FST_FC_UNAVAILABLE: {
    statusCode: 503,
    message: 'Not available for now: %s',
    userMessage: 'La connexion avec FranceConnect est indisponible pour le moment. Réessayez dans quelques minutes.'
  }
} as const satisfies Record<string, Row>

/** Codes of this package's errors. */
export type FranceConnectErrorCode = keyof typeof table

/** Why FranceConnect gave no login. */
export type RefusalReason = 'left' | 'refused' | 'failed'

/** An error of this package. Neither it nor its `cause` holds a token, a code, a state or a citizen's datum. */
export interface FranceConnectError extends FastifyError {
  code: FranceConnectErrorCode
  statusCode: number
  /** In French, for the citizen. */
  userMessage: string
  /**
   * Of `FST_FC_LOGIN_REFUSED`: `left`, the citizen left; `refused`, FranceConnect did not accept this person (unknown to
   * the civil register, dead, an account closed); `failed`, something of FranceConnect's broke.
   */
  reason?: RefusalReason
  /** Where to log in (again). */
  loginUrl?: string
  /** Where to go back to, a URL of this service. */
  returnTo?: string
}

/** Constructors by code, for `instanceof`. */
export const errors = Object.fromEntries(
  Object.entries(table).map(([code, row]) => [code, createError(code, row.message, row.statusCode)])
) as Record<FranceConnectErrorCode, FastifyErrorConstructor>

/** Makes an error of the table; `detail` completes its message and never holds a secret or a citizen's datum. */
export function failure(code: FranceConnectErrorCode, detail = ''): FranceConnectError {
  const error = new errors[code](detail)
  return Object.assign(error, { userMessage: table[code].userMessage }) as unknown as FranceConnectError
}

/**
 * The error as one request is told it. Another object where it was told before, or is frozen: an application may throw
 * one at everybody, and what one citizen is told is nobody else's.
 */
export function told(
  error: FranceConnectError,
  where: { returnTo: string; loginUrl?: string | undefined }
): FranceConnectError {
  const own = error.returnTo === undefined && Object.isExtensible(error) ? error : copyOf(error)
  return Object.assign(own, { userMessage: error.userMessage ?? table[error.code].userMessage, ...where })
}

function copyOf(error: FranceConnectError): FranceConnectError {
  const copy: FranceConnectError = Object.create(Object.getPrototypeOf(error))
  for (const name of Reflect.ownKeys(error) as (keyof FranceConnectError)[]) {
    const enumerable = Object.prototype.propertyIsEnumerable.call(error, name)
    Object.defineProperty(copy, name, { value: error[name], enumerable, writable: true, configurable: true })
  }
  return copy
}

/** Whether an error comes from the table. */
export function isFailure(error: unknown): error is FranceConnectError {
  return error instanceof Error && 'code' in error && Object.hasOwn(table, String(error.code))
}
