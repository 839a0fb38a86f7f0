import { asksAmr, checkAuthorizeParameters, engineParameters } from '../authorize-rules.ts'
import { identityProviders } from '../identity-providers.ts'
import { toIdentityProvider } from '../interaction/choice.ts'
import { errorAddress } from '../interaction/return-to-service.ts'
import { PageError } from '../page-error.ts'
import { errorPage } from '../pages/error-page.ts'
import type { KoaContextWithOIDC } from '../provider.ts'
import type { ServiceRequest } from '../sessions.ts'
import type { Visit } from '../visit.ts'
import { isUnusable } from './client-metadata.ts'
import { clientOf, type PlatformContext } from './context.ts'
import { callEngine } from './engine-call.ts'

/** The cookies without the engine's own: FranceConnect forgets the engine's session at each authorize. */
function withoutEngineCookies(header: string | undefined, { platform }: PlatformContext): string | undefined {
  const { provider, interaction, resume } = platform.cookies
  return header
    ?.split(';')
    .filter((pair) => ![provider, interaction, resume].some((name) => pair.trim().startsWith(name)))
    .join(';')
}

/** `POST /authorize`, or `acr_values` twice: FranceConnect's server breaks. */
export function broken(visit: Visit): void {
  visit.response.statusCode = 500
  visit.response.setHeader('content-type', 'text/plain; charset=utf-8')
  visit.response.end('Internal Server Error')
}

/** `GET /authorize`. */
export async function authorize(context: PlatformContext, visit: Visit): Promise<void> {
  const { query, request } = visit
  if (request.method === 'POST' || query.getAll('acr_values').length > 1) return broken(visit)
  checkAuthorizeParameters(query)
  const client = clientOf(context, query.get('client_id')!)
  if (client && isUnusable(context.platform, client)) {
    throw new PageError('Y043310B', 'client FranceConnect+ inutilisable : chiffrement, signature ou scopes')
  }
  request.headers.cookie = withoutEngineCookies(request.headers.cookie, context)
  const passed = engineParameters(context.platform, query)
  await callEngine(context.engine, context.platform.prefix, { ...visit, query: passed }, (ctx) =>
    started(context, query, passed.get('acr_values')!, ctx)
  )
}

/** What follows when the engine accepted the request: single sign-on, `idp_hint`, the right to ask `amr`. */
function started(context: PlatformContext, query: URLSearchParams, acr: string, ctx: KoaContextWithOIDC): void {
  const { platform, issuer, sessions } = context
  const interactionId = new RegExp(`^${platform.prefix}/interaction/([^/?]+)$`).exec(ctx.response.get('location'))?.[1]
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
  const known = sessions.of(ctx.req)
  if (known?.identification && platform.ssoAcrValues.includes(acr)) {
    Object.assign(known, { interactionId, request, identified: true, csrf: undefined, idp: undefined })
    known.identification.acr = acr
    ctx.status = 302
    ctx.set('location', `${issuer}/interaction/${interactionId}/verify`)
    return
  }
  if (known) sessions.end(known, ctx.res)
  const session = Object.assign(sessions.open(ctx.res), { interactionId, request })
  ctx.set('location', `${issuer}/interaction/${interactionId}`)
  const hint = query.get('idp_hint')
  if (hint === null) return
  ctx.status = 302
  const provider = identityProviders[platform.name].find(({ uid, hintable }) => hintable && uid === hint)
  const refusal = 'An idp_hint was provided but is not allowed'
  ctx.set(
    'location',
    provider
      ? toIdentityProvider(context, session, provider.uid)
      : errorAddress(context, request.redirectUri, 'invalid_idp_hint', refusal, 'undefined')
  )
}

/** The page Y100009, under a Location header that no browser follows. */
function refuseAmr({ platform }: PlatformContext, ctx: KoaContextWithOIDC): void {
  const error = new PageError('Y100009', "ce service n'a pas le droit de demander amr (claims du client)")
  const text = errorPage(platform.title, error)
  ctx.status = error.status
  ctx.type = 'text/html; charset=utf-8'
  ctx.body = text
}
