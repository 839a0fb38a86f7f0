import { authorize } from '../interaction/authorize.ts'
import { choice, chosen, identityProviderPath } from '../interaction/choice.ts'
import { accepted, automatic, information } from '../interaction/consent.ts'
import { disconnected, disconnectionConfirmed, identified, identityProvider } from '../interaction/identity-provider.ts'
import { checkLogoutParameters, disconnect, disconnectedFromProvider } from '../interaction/logout.ts'
import { returnToService } from '../interaction/return-to-service.ts'
import { answered, verified } from '../interaction/verification.ts'
import { PageError } from '../pages/page-error.ts'
import { asRegistered } from '../platform/authorize-rules.ts'
import { checkToken } from '../platform/check-token.ts'
import type { PlatformContext } from '../platform/context.ts'
import { discoveryDocument } from '../platform/discovery.ts'
import { callEngine } from '../platform/engine-call.ts'
import { identityProviderKeys } from '../platform/identity-provider-keys.ts'
import { isDecodable } from '../platform/path.ts'
import { revocation } from '../platform/revocation.ts'
import { redirect, sendJson, type Visit } from '../platform/visit.ts'

type Handler = (context: PlatformContext, visit: Visit) => void | Promise<void>

const engine: Handler = ({ engine, platform }, visit) => callEngine(engine, platform.prefix, visit)

/** Discovery and keys are public and may be kept ten minutes. */
const cached: Handler = (_context, { request, response }) => {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
  response.setHeader('cache-control', 'public, max-age=600')
  response.setHeader('vary', 'Origin')
}

const discovery: Handler = (context, visit) => {
  cached(context, visit)
  sendJson(visit.response, 200, discoveryDocument(context.platform, context.issuer))
}

const keys: Handler = ({ engine, platform }, visit) =>
  callEngine(engine, platform.prefix, visit, (ctx) => ctx.set('cache-control', 'public, max-age=600'))

const home: Handler = (_context, visit) => redirect(visit, 301, 'https://franceconnect.gouv.fr')

const logout: Handler = (context, visit) => {
  checkLogoutParameters(visit.query)
  const query = new URLSearchParams(visit.query)
  const registered = context.clients.flatMap(({ postLogoutRedirectUris = [] }) => postLogoutRedirectUris)
  const uri = query.get('post_logout_redirect_uri')
  if (uri !== null) query.set('post_logout_redirect_uri', asRegistered(uri, registered))
  return engine(context, { ...visit, query })
}

const idp = `${identityProviderPath}/:uid`

/** Every address of a platform. What is not here is FranceConnect's 404 page. */
const routes: Record<string, Handler> = {
  'GET ': home,
  'GET /': home,
  'GET /.well-known/openid-configuration': discovery,
  'GET /client/.well-known/keys': identityProviderKeys,
  'GET /jwks': keys,
  'GET /authorize': authorize,
  'POST /authorize': authorize,
  'GET /authorize/:uid': engine,
  'POST /token': engine,
  'POST /token/revocation': revocation,
  'GET /userinfo': engine,
  'POST /checktoken': checkToken,
  'GET /session/end': logout,
  'POST /session/end/confirm': engine,
  'GET /session/end/success': engine,
  'GET /interaction/:uid': choice,
  'POST /redirect-to-idp': chosen,
  [`GET ${idp}`]: identityProvider,
  [`POST ${idp}`]: identified,
  [`GET ${idp}/session/end`]: disconnected,
  [`POST ${idp}/session/end/confirm`]: disconnectionConfirmed,
  'GET /oidc-callback': answered,
  'GET /interaction/:uid/verify': verified,
  'GET /interaction/:uid/consent': information,
  'POST /login': accepted,
  'GET /auto-login': automatic,
  'GET /redirect-to-sp-with-error': returnToService,
  'POST /client/disconnect-from-idp': disconnect,
  'GET /client/logout-callback': disconnectedFromProvider
}

const dynamic = /^(\/authorize|\/interaction|\/fournisseur-identite)\/[^/]+/

/** Answers one request, or throws the page to show. */
export async function route(context: PlatformContext, visit: Visit): Promise<void> {
  const method = visit.request.method === 'HEAD' ? 'GET' : visit.request.method
  if (!isDecodable(visit.path)) throw new PageError('Y000400', `${visit.path} ne se décode pas`)
  const handler = routes[`${method} ${visit.path.replace(dynamic, '$1/:uid')}`]
  if (!handler) throw new PageError('Y000404', `${method} ${visit.path} n'existe pas`)
  await handler(context, visit)
}
