import type { IncomingMessage } from 'node:http'
import { CompactEncrypt, importJWK, type JWK, SignJWT } from 'jose'
import { pivotIdentity } from './citizens/claims.ts'
import { subject } from './citizens/subject.ts'
import { note } from './levers/notes.ts'
import { PageError } from './page-error.ts'
import { errorPage } from './pages/error-page.ts'
import { bodyOf, formOf } from './platform/body.ts'
import type { PlatformContext } from './platform/context.ts'
import { citizenIdOf } from './platform/engine-configuration.ts'
import type { RegisteredDataProvider } from './registration/data-provider.ts'
import { encryptionKeyOf } from './registration/encryption-key.ts'
import { sendJson, sendPage, type Visit } from './visit.ts'

const type = 'application/token-introspection+jwt'

const errors = {
  400: { error: 'invalid_request', error_description: 'Required parameter missing or invalid.' },
  401: { error: 'invalid_client', error_description: 'Client authentication failed.' },
  500: {
    error: 'server_error',
    error_description: 'authentication aborted due to a technical error on the authorization server'
  }
} as const

/** The three parameters and nothing else, from a form or from JSON. */
function parametersOf(request: IncomingMessage): Record<'token' | 'client_id' | 'client_secret', string> | undefined {
  const entries = [...(formOf(request) ?? [])]
  const { token, client_id, client_secret } = Object.fromEntries(entries)
  if (entries.length !== 3) return undefined
  return token && client_id && client_secret ? { token, client_id, client_secret } : undefined
}

/** What FranceConnect says of a token: never more than the scopes and the `sub` of this data provider. */
async function introspection(context: PlatformContext, provider: RegisteredDataProvider, value: string) {
  const token = await context.engine.AccessToken.find(value)
  const citizen = token && context.people.find(citizenIdOf(token.accountId))
  if (!token || !citizen) return { active: false }
  const asked = (token.scope ?? '').split(' ')
  return {
    active: true,
    aud: token.clientId,
    sub: subject(citizen, provider.clientId),
    iat: token.iat,
    exp: token.exp,
    acr: context.store.read(`Level:${token.grantId}`)?.acr,
    jti: value,
    scope: asked.filter((scope) => provider.scopes.includes(scope)).join(' '),
    ...pivotIdentity(citizen)
  }
}

/** A signed token inside an encrypted one, without `kid`, `cty` or `exp`. */
async function sealed(context: PlatformContext, provider: RegisteredDataProvider, token: object): Promise<string> {
  const signature = context.keys.find(({ alg }) => alg === provider.signedResponseAlg) ?? context.keys[0]!
  const jws = await new SignJWT({ token_introspection: token })
    .setProtectedHeader({ alg: signature.alg, kid: signature.kid })
    .setIssuedAt()
    .setIssuer(context.issuer)
    .setAudience(provider.clientId)
    .sign(await importJWK(signature as JWK, signature.alg))
  const key = await encryptionKeyOf(provider)
  const { encryptedResponseAlg: alg, encryptedResponseEnc: enc } = provider
  return new CompactEncrypt(Buffer.from(jws)).setProtectedHeader({ alg, enc }).encrypt(await importJWK(key, alg))
}

/** `POST /checktoken`, for data providers (partner documentation, token verification). */
export async function checkToken(context: PlatformContext, visit: Visit): Promise<void> {
  const { response } = visit
  const refuse = (status: keyof typeof errors) => sendJson(response, status, errors[status])
  const { bytes, fields, json } = bodyOf(visit.request)
  if (bytes.length > 0 && fields === undefined && json === undefined) {
    sendPage(response, 500, errorPage(context.platform.title, new PageError('Y000000')), { type, stored: true })
    return
  }
  const parameters = parametersOf(visit.request)
  if (!parameters) return refuse(400)
  const provider = context.dataProviders.find(({ clientId }) => clientId === parameters.client_id)
  if (!provider || provider.clientSecret !== parameters.client_secret) return refuse(401)
  if (context.platform.encrypted && !context.plusChecktoken) return refuse(500)
  try {
    const said = await introspection(context, provider, parameters.token)
    note(visit.request, { introspection: said })
    const jwe = await sealed(context, provider, said)
    response.setHeader('content-type', type)
    response.end(jwe)
  } catch (error) {
    note(visit.request, { hint: error instanceof Error ? error.message : 'erreur' })
    refuse(500)
  }
}
