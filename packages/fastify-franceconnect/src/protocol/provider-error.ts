import { type FranceConnectError, failure, type RefusalReason } from '../errors.ts'

const explanations: Record<string, string> = {
  invalid_acr:
    'invalid_acr: this platform does not give the level asked; FranceConnect gives eidas1, FranceConnect+ gives eidas2 and eidas3: check "acrValues" with "environment" or "issuer"',
  invalid_idp_hint: 'invalid_idp_hint: this identity provider is not one that FranceConnect lets this service go to',
  invalid_request: 'invalid_request: FranceConnect refused a parameter; were "scope" or "acrValues" changed?',
  unauthorized_client: 'unauthorized_client: this client id may not log citizens in',
  unsupported_response_type: 'unsupported_response_type: this provider does not take the authorization code flow',
  temporarily_unavailable: 'temporarily_unavailable: one of the services behind FranceConnect is down; try again later',
  server_error:
    'server_error: FranceConnect or the identity provider failed; try again, with another identity provider if it goes on',
  login_required: 'login_required: a silent login was asked, which FranceConnect never gives'
}

/**
 * Explains an error of a callback (OpenID Connect Core §3.1.2.6 and FranceConnect's own). Nothing of the query is
 * repeated but a known word. `asked` are the scopes of the attempt.
 */
export function providerFailure(query: URLSearchParams, asked: readonly string[]): FranceConnectError {
  const error = query.get('error') ?? ''
  const unbound =
    query.get('state') === 'undefined'
      ? ' (FranceConnect sent state=undefined: the attempt it belongs to is not known)'
      : ''
  if (error === 'access_denied') return noLogin(query.get('error_description') ?? '', unbound)
  if (error === 'invalid_scope')
    return failure('FST_FC_PROVIDER_ERROR', invalidScope(query.get('scope'), asked) + unbound)
  const explanation = Object.hasOwn(explanations, error) ? explanations[error] : undefined
  return failure('FST_FC_PROVIDER_ERROR', (explanation ?? named(error)) + unbound)
}

/** What FranceConnect says of an access_denied, which has one code for those who leave and for those whom it refuses. */
function noLogin(description: string, unbound: string): FranceConnectError {
  const reason: RefusalReason = /technical error/i.test(description)
    ? 'failed'
    : /user authentication aborted/i.test(description)
      ? 'refused'
      : 'left'
  const { message, userMessage } = reasons[reason]
  const error = failure('FST_FC_LOGIN_REFUSED', message + unbound)
  return Object.assign(error, { reason }, userMessage === null ? {} : { userMessage })
}

const reasons: Record<RefusalReason, { message: string; userMessage: string | null }> = {
  left: { message: 'the citizen left FranceConnect without logging in', userMessage: null },
  refused: {
    message:
      'FranceConnect did not accept this person (unknown to the civil register or not told apart in it, deceased, account closed); the citizen did not leave',
    userMessage:
      'FranceConnect n’a pas pu confirmer cette identité. Vous pouvez essayer avec un autre compte, ou revenir à la démarche.'
  },
  failed: {
    message: 'FranceConnect or the identity provider failed on the way; the citizen did not leave',
    userMessage:
      'FranceConnect n’a pas pu terminer cette connexion. Réessayez, avec un autre compte si cela continue, ou revenez à la démarche.'
  }
}

function invalidScope(answered: string | null, asked: readonly string[]): string {
  const refused = (answered ?? '').split(' ').filter((scope) => asked.includes(scope))
  const which = refused.length > 0 ? refused.join(', ') : `one of ${asked.join(' ')}`
  return `invalid_scope: the habilitation of this client id does not grant ${which}; ask for it on the partner space (DataPass), or take it out of "scope" and of the APIs enabled`
}

function named(error: string): string {
  return /^[a-z][a-z_]{1,40}$/.test(error) ? error : 'an unknown error'
}
