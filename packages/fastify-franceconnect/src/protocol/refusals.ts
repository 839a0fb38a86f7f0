import { type FranceConnectError, failure, isFailure } from '../errors.ts'

/** What openid-client's errors are read for: never their message nor their cause as they are, which may hold secrets. */
interface Foreign {
  code?: unknown
  error?: unknown
  status?: unknown
  cause?: { error_uri?: unknown; error_description?: unknown; claim?: unknown; cause?: { claim?: unknown } }
}

const sentences: Record<string, string> = {
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'a claim has another value than the one expected',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'it is out of its time of validity: compare the clocks',
  OAUTH_PARSE_ERROR: 'it cannot be read',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'its sub is not the one of the ID Token'
}

const unusableKeys =
  'invalid_client_metadata: FranceConnect+ could not use the keys of this service; its jwks URL must be the one declared, reachable from the internet and hold a key for the registered algorithm'

/** What FranceConnect+ says of the keys that it cannot use, by the words that it is known to say. */
const keyProblems: [said: RegExp, problem: (found: RegExpExecArray) => string][] = [
  [/got (\d{3})/, ([, status]) => `the jwks URL answered ${status}`],
  [/fetch failed/, () => 'the jwks URL cannot be reached from FranceConnect+'],
  [/timeout/, () => 'the jwks URL did not answer in time'],
  [/not valid JSON/, () => 'the jwks URL does not answer JSON'],
  [/Key Set is invalid/, () => 'the key set is not acceptable (a private key in it?)'],
  [
    /no suitable encryption key found(?: \((\w[\w-]{1,20})\))?/,
    ([, alg]) => `the key set holds no encryption key for the registered algorithm${alg ? ` (${alg})` : ''}`
  ]
]

function keysFailure(description: unknown): string {
  const text = typeof description === 'string' ? description : ''
  for (const [said, problem] of keyProblems) {
    const found = said.exec(text)
    if (found) return `${unusableKeys}. It says: ${problem(found)}`
  }
  return unusableKeys
}

/** Turns what the code grant threw into an error of the table. */
export function codeGrantFailure(thrown: unknown): FranceConnectError {
  const own = ownFailure(thrown)
  if (own) return own
  const error = thrown as Foreign
  if (error.code === 'OAUTH_RESPONSE_BODY_ERROR') return tokenEndpointFailure(error)
  if (error.code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE')
    return failure('FST_FC_TOKEN_REQUEST_FAILED', 'it asked for other credentials')
  if (error.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || error.code === 'OAUTH_RESPONSE_IS_NOT_JSON') {
    return failure('FST_FC_TOKEN_REQUEST_FAILED', 'its answer is not that of a token endpoint')
  }
  const claim = claimOf(error)
  if (claim === 'nonce') return failure('FST_FC_CODE_REJECTED', 'the ID Token carries the nonce of another attempt')
  const sentence = sentences[String(error.code)] ?? 'a member is missing or malformed'
  return failure('FST_FC_ID_TOKEN_INVALID', claim === null ? sentence : `${sentence} (${claim})`)
}

/** Turns what userinfo threw into an error of the table. */
export function userInfoFailure(thrown: unknown): FranceConnectError {
  const own = ownFailure(thrown)
  if (own) return own
  const { code, status, cause } = thrown as Foreign
  const challenges: { parameters?: Record<string, unknown> }[] = Array.isArray(cause) ? cause : []
  const keys = challenges.find((challenge) => challenge?.parameters?.['error'] === 'invalid_client_metadata')
  if (keys) return failure('FST_FC_USERINFO_INVALID', keysFailure(keys.parameters?.['error_description']))
  if (code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') {
    return failure(
      'FST_FC_USERINFO_INVALID',
      `the endpoint refused (${typeof status === 'number' ? status : 'unexpected answer'})`
    )
  }
  return failure('FST_FC_USERINFO_INVALID', sentences[String(code)] ?? 'a member is missing or malformed')
}

/** invalid_grant: the code was expired, used or not ours. The rest is between this server and FranceConnect's. */
function tokenEndpointFailure({ error, cause }: Foreign): FranceConnectError {
  const reference = franceConnectReference(cause?.error_uri)
  if (error === 'invalid_grant')
    return failure('FST_FC_CODE_REJECTED', `it was expired, already used or not ours${reference}`)
  if (error === 'invalid_client') {
    return failure(
      'FST_FC_TOKEN_REQUEST_FAILED',
      `invalid_client: clientId and clientSecret are not those of this platform${reference}`
    )
  }
  if (error === 'invalid_client_metadata') {
    const problem = keysFailure(cause?.error_description)
    return failure('FST_FC_TOKEN_REQUEST_FAILED', `${problem}. The code is lost: log in again${reference}`)
  }
  const name = typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : 'an unknown error'
  return failure('FST_FC_TOKEN_REQUEST_FAILED', name + reference)
}

/** FranceConnect's support asks for these two: its code and the identifier of the exchange, both in `error_uri`. */
function franceConnectReference(uri: unknown): string {
  if (typeof uri !== 'string' || !URL.canParse(uri)) return ''
  const query = new URL(uri).searchParams
  const code = query.get('code') ?? ''
  const id = query.get('id') ?? ''
  return /^Y[0-9A-F]{4,8}$/.test(code) && /^[0-9a-f-]{36}$/.test(id) ? ` (FranceConnect ${code}, id ${id})` : ''
}

function claimOf({ cause }: Foreign): string | null {
  const claim = cause?.cause?.claim ?? cause?.claim
  return typeof claim === 'string' && /^\w{1,20}$/.test(claim) ? claim : null
}

function ownFailure(thrown: unknown): FranceConnectError | null {
  if (isFailure(thrown)) return thrown
  const cause = thrown instanceof Error ? thrown.cause : undefined
  return isFailure(cause) ? cause : null
}
