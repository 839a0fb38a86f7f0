import { codes } from './engine-codes.ts'

/** An error of the engine, as far as it is read here. */
export interface EngineError extends Error {
  error?: string
  error_description?: string
  error_detail?: string
  statusCode?: number
  cause?: unknown
}

/** The Y code of an error on a route of the engine, `Y040001` for the ones that have none of their own. */
export function engineErrorCode(error: EngineError, route: string, description = error.error_description): string {
  if (error.error === 'invalid_redirect_uri') return 'Y04C013C'
  if (error.error === 'invalid_client_metadata' && route === 'authorization') return 'Y043310B'
  for (const text of [description, error.error_detail, error.message]) {
    const known = text !== undefined && codes.find(([words]) => words.test(text))?.[1]
    if (known) return typeof known === 'string' ? known : (known[route] ?? known.otherwise)
  }
  return 'Y040001'
}

/** The detail that FranceConnect adds in parentheses to a description, the word `undefined` when there is none. */
export function engineErrorDetail({ error, error_detail = 'undefined', cause }: EngineError): string {
  if (error === 'invalid_request' && cause !== undefined) return 'undefined'
  if (error_detail === 'unsupported code_challenge_method') return 'PKCE verification failed'
  const described = cause as EngineError | undefined
  return error_detail === 'invalid_client_metadata' ? (described?.error_description ?? error_detail) : error_detail
}

const documentation = 'https://docs.partenaires.franceconnect.gouv.fr/fs/fs-technique/fs-technique-erreurs/'

/** The `error_uri` of a JSON error. */
export const errorUri = (code: string): string => `${documentation}?code=${code}&id=${crypto.randomUUID()}`
