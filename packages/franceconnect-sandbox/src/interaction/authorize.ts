import { identityProviders } from '../citizens/identity-providers.ts'
import { errorPage } from '../pages/error-page.ts'
import { PageError } from '../pages/page-error.ts'
import { asksAmr, checkAuthorizeParameters, engineParameters } from '../platform/authorize-rules.ts'
import { formOf } from '../platform/body.ts'
import { isUnusable } from '../platform/client-metadata.ts'
import { clientOf, type PlatformContext } from '../platform/context.ts'
import type { KoaContextWithOIDC } from '../platform/engine/provider.ts'
import type { ServiceRequest } from '../platform/engine/sessions.ts'
import { callEngine } from '../platform/engine-call.ts'
import { clearedCookie, redirection, type Visit } from '../platform/visit.ts'
import { toIdentityProvider } from './choice.ts'
import { errorAddress } from './return-to-service.ts'

/** The cookies without the engine's own. */
function withoutEngineCookies(header: string | undefined, { platform }: PlatformContext): string | undefined {
  const { provider, interaction, resume } = platform.cookies
  return header
    ?.split(';')
    .filter((pair) => ![provider, interaction, resume].some((name) => pair.trim().startsWith(name)))
    .join(';')
}

/** `POST /authorize`, or a repeated list: FranceConnect's server breaks, and takes back the cookies that it had set. */
function broken(visit: Visit): void {
  visit.response.statusCode = 500
  visit.response.removeHeader('set-cookie')
  visit.response.setHeader('content-type', 'text/plain; charset=utf-8')
  visit.response.end('Internal Server Error')
}

/** `GET /authorize`. */
export async function authorize(context: PlatformContext, visit: Visit): Promise<void> {
  const { request } = visit
  const query = request.method === 'POST' ? formOf(request) : visit.query
  if (!query) throw new PageError('Y000000')
  if (['acr_values', 'prompt'].some((name) => query.getAll(name).length > 1)) return broken(visit)
  checkAuthorizeParameters(query)
  if (request.method === 'POST') return broken(visit)
  if (visit.exact) forgetEngine(context, visit)
  const client = clientOf(context, query.get('client_id')!)
  if (client && isUnusable(context.platform, client)) {
    throw new PageError('Y043310B', 'client FranceConnect+ inutilisable : chiffrement, signature ou scopes')
  }
  const passed = engineParameters(context.platform, query, client?.redirectUris ?? [])
  await callEngine(context.engine, context.platform.prefix, { ...visit, query: passed }, (ctx) =>
    started(context, { ...visit, query }, passed.get('acr_values')!, ctx)
  )
}

/** FranceConnect forgets the engine's session at each authorize, for this request and in the browser. */
function forgetEngine(context: PlatformContext, { request, response }: Visit): void {
  const { cookies, prefix } = context.platform
  request.headers.cookie = withoutEngineCookies(request.headers.cookie, context)
  for (const name of [cookies.interaction, cookies.resume, cookies.provider]) {
    response.appendHeader('set-cookie', clearedCookie(name, prefix))
  }
}

/** What follows when the engine accepted the request: single sign-on, `idp_hint`, the right to ask `amr`. */
function started(context: PlatformContext, visit: Visit, acr: string, ctx: KoaContextWithOIDC): void {
  const { platform, issuer, sessions } = context
  const { query } = visit
  const [, interactionId] = /\/interaction\/([^/?]+)$/.exec(ctx.response.get('location')) ?? []
  const client = clientOf(context, query.get('client_id')!)
  if (interactionId === undefined || !client) return
  if (asksAmr(query.get('claims')) && !client.claims?.includes('amr')) {
    refuseAmr(context, ctx)
    return
  }
  const prompt = query.get('prompt')
  const request: ServiceRequest = {
    clientId: client.clientId,
    redirectUri: query.get('redirect_uri')!,
    state: query.get('state')!,
    acr,
    information: !(prompt === 'login' && client.allowedPrompts?.includes('login'))
  }
  const session = sessions.visited(ctx.req, ctx.res)
  const { identification } = session
  const known = visit.exact && identification && platform.ssoAcrValues.includes(acr)
  sessions.restart(session)
  if (known) sessions.rename(session, ctx.res)
  else sessions.renew(session, ctx.res)
  Object.assign(session, { interactionId, request })
  if (!visit.exact) return
  if (known) {
    session.identification = { ...identification, acr }
    session.step = 'identified'
    sendTo(ctx, `${issuer}/interaction/${interactionId}/verify`)
    return
  }
  const hint = query.get('idp_hint')
  if (!hint) return
  const provider = identityProviders[platform.name].find(({ uid, hintable }) => hintable && uid === hint)
  const refusal = 'An idp_hint was provided but is not allowed'
  sendTo(
    ctx,
    provider
      ? toIdentityProvider(context, session, provider.uid)
      : errorAddress(context, request.redirectUri, 'invalid_idp_hint', refusal, 'undefined')
  )
}

/** A redirect that FranceConnect makes in the place of the engine's. */
function sendTo(ctx: KoaContextWithOIDC, location: string): void {
  const { type, text } = redirection(ctx.req.headers.accept, 302, location)
  ctx.status = 302
  ctx.set('location', location)
  ctx.vary('Accept')
  ctx.body = text
  ctx.type = `${type}; charset=utf-8`
}

/** The page Y100009, under a Location header that no browser follows. */
function refuseAmr({ platform }: PlatformContext, ctx: KoaContextWithOIDC): void {
  const error = new PageError('Y100009', "ce service n'a pas le droit de demander amr (claims du client)")
  const text = errorPage(platform.title, error)
  ctx.status = error.status
  ctx.type = 'text/html; charset=utf-8'
  ctx.body = text
}
