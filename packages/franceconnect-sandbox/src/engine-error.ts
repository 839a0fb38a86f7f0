/** An error of the engine, as far as it is read here. */
export interface EngineError extends Error {
  error?: string
  error_description?: string
  error_detail?: string
  statusCode?: number
  cause?: unknown
}

/** FranceConnect's code for an error of its engine, by the words that name it (observed on its own server). */
const codes: [RegExp, string][] = [
  [/parameter must not be provided twice$/, 'Y0496E4A'],
  [/^invalid client_assertion format$/, 'Y04E1CFF'],
  [/^client authentication must only be provided using one mechanism$/, 'Y04DADA6'],
  [/^JWS Protected Header is invalid$/, 'Y0480E8B'],
  [/^authorization header scheme must be `Bearer`$/, 'Y043D61A'],
  [/^`DPoP` header not provided$/, 'Y0452FF5'],
  [/^access token must only be provided using one mechanism$/, 'Y04514E0'],
  [/^client is not authorized to revoke the presented token$/, 'Y0466776'],
  [/^could not find logout details$/, 'Y047B9D9'],
  [/^xsrf token invalid$/, 'Y04976CE'],
  [/^origin .* not allowed for client/, 'Y0489AFE'],
  [/^invalid secret provided$/, 'Y0434A7B'],
  [/^the provided authentication mechanism does not match/, 'Y044D82C'],
  [/^no client authentication mechanism provided$/, 'Y044FEB3'],
  [/^missing required parameter/, 'Y048017B'],
  [/^authorization code redirect_uri mismatch$/, 'Y04F8199'],
  [/^unsupported grant_type requested$/, 'Y04C2044'],
  [/^authorization code not found$/, 'Y049E20B'],
  [/^authorization code already consumed$/, 'Y0416228'],
  [/^(PKCE verification failed|unsupported code_challenge_method)$/, 'Y0446550'],
  [/content-type bodies are supported/, 'Y043C322'],
  [/^client mismatch$/, 'Y047A2EA'],
  [/^no access token provided$/, 'Y04146A2'],
  [/^grant not found$/, 'Y0489D15'],
  [/^grant is expired$/, 'Y049D91E'],
  [/^client JSON Web Key Set failed to be refreshed$/, 'Y044D511'],
  [/^no suitable encryption key found/, 'Y046B607'],
  [/^could not decode id_token_hint$/, 'Y04FEDB9'],
  [/^could not validate id_token_hint$/, 'Y045AFAE'],
  [/^post_logout_redirect_uri not registered$/, 'Y04CFAEF'],
  [/^client_id does not match the provided id_token_hint$/, 'Y0467882'],
  [/redirect_uri did not match|redirect_uris$/, 'Y04C013C'],
  [/^authorization request has expired$|^interaction session/, 'Y04D5AB7']
]

/** The Y code of an error; `Y040001` for the ones that have none of their own. */
export function engineErrorCode(error: EngineError, route: string): string {
  const words = [error.error_detail, error.error_description, error.message].filter((text) => text !== undefined)
  if (error.error === 'invalid_redirect_uri') return 'Y04C013C'
  if (error.error === 'invalid_client' && words.includes('client not found'))
    return route === 'authorization' || route === 'end_session' ? 'Y04EA6EF' : 'Y0479FCE'
  if (error.error === 'invalid_client_metadata' && route === 'authorization') return 'Y043310B'
  if (words.includes('invalid authorization header value format')) return route === 'userinfo' ? 'Y04B729E' : 'Y046ADF1'
  for (const text of words) {
    const known = codes.find(([pattern]) => pattern.test(text))
    if (known) return known[1]
  }
  return 'Y040001'
}

/** The detail that FranceConnect adds in parentheses to a description, the word `undefined` when there is none. */
export function engineErrorDetail({ error_detail = 'undefined', error_description, cause }: EngineError): string {
  if (error_description === 'invalid client_assertion format') return 'undefined'
  if (error_detail === 'unsupported code_challenge_method') return 'PKCE verification failed'
  const described = cause as EngineError | undefined
  return error_detail === 'invalid_client_metadata' ? (described?.error_description ?? error_detail) : error_detail
}

/** What FranceConnect's engine, an older one, says in other words. */
const reworded: Record<string, string> = {
  'client is not authorized to revoke the presented token': 'this token does not belong to you'
}

/** The description of an error in the words of FranceConnect's engine. */
export const engineErrorDescription = (description: unknown): string =>
  reworded[String(description)] ?? String(description)

const documentation = 'https://docs.partenaires.franceconnect.gouv.fr/fs/fs-technique/fs-technique-erreurs/'

/** The `error_uri` of a JSON error. */
export const errorUri = (code: string): string => `${documentation}?code=${code}&id=${crypto.randomUUID()}`
