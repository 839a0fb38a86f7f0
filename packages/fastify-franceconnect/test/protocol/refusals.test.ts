import { inspect } from 'node:util'
import t from 'tap'
import { codeGrantFailure, userInfoFailure } from '../../src/protocol/refusals.ts'

const uri = 'https://docs.partenaires.franceconnect.gouv.fr/fs/?code=Y049E20B&id=3f0a2c6e-0a1b-4c2d-8e3f-4a5b6c7d8e9f'
const body = (error: string, more = {}) =>
  Object.assign(new Error('secret in the message'), {
    code: 'OAUTH_RESPONSE_BODY_ERROR',
    error,
    status: 400,
    cause: { error, error_uri: uri, error_description: 'the-secret', ...more }
  })

t.test('the token endpoint’s refusals, with what FranceConnect’s support asks for', async (t) => {
  t.match(codeGrantFailure(body('invalid_grant')), {
    code: 'FST_FC_CODE_REJECTED',
    statusCode: 400,
    message: /FranceConnect Y049E20B, id 3f0a2c6e/
  })
  t.match(codeGrantFailure(body('invalid_client')), {
    code: 'FST_FC_TOKEN_REQUEST_FAILED',
    statusCode: 502,
    message: /clientSecret/
  })
  t.match(codeGrantFailure(body('invalid_client_metadata')), { message: /jwks URL.*log in again/ })
  t.match(codeGrantFailure(body('<script>', { error_uri: 'javascript:alert(1)' })), { message: /an unknown error$/ })
})

t.test('a nonce of another attempt is a rejected code', async (t) => {
  const error = Object.assign(new Error('x'), {
    code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
    cause: { cause: { claim: 'nonce' } }
  })
  t.match(codeGrantFailure(error), { code: 'FST_FC_CODE_REJECTED' })
  error.cause.cause.claim = 'aud'
  t.match(codeGrantFailure(error), { code: 'FST_FC_ID_TOKEN_INVALID', message: /aud/ })
})

t.test('userinfo’s refusals', async (t) => {
  const challenge = Object.assign(new Error('x'), {
    code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
    status: 401,
    cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }]
  })
  t.match(userInfoFailure(challenge), { code: 'FST_FC_USERINFO_INVALID', statusCode: 502, message: /401/ })
  challenge.cause[0]!.parameters.error = 'invalid_client_metadata'
  t.match(userInfoFailure(challenge), { message: /jwks URL/ })
})

t.test('nothing of a foreign error is passed on but known words', async (t) => {
  for (const error of [
    body('invalid_grant'),
    new TypeError('the-secret'),
    Object.assign(new Error('the-secret'), { cause: { body: { access_token: 'the-secret' } } }),
    'the-secret'
  ]) {
    for (const made of [codeGrantFailure(error), userInfoFailure(error)]) {
      t.notMatch(
        inspect(made, { depth: 10, showHidden: true }).replace(made.stack ?? '', '') + made.message,
        /the-secret|secret in the message/
      )
    }
  }
})
