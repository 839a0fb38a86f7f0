import { note } from '../levers/notes.ts'
import { backLink } from '../pages/back-link.ts'
import { errorPage } from '../pages/error-page.ts'
import { PageError } from '../pages/page-error.ts'
import { titleOf } from '../registration/client.ts'
import { clientOf, type PlatformContext } from './context.ts'
import { rewordedDescription } from './engine/engine-codes.ts'
import { type EngineError, engineErrorCode, engineErrorDetail, errorUri } from './engine/engine-error.ts'
import type { Engine, KoaContextWithOIDC } from './engine/provider.ts'
import type { Session } from './engine/sessions.ts'
import { sendPage, type Visit } from './visit.ts'

/** The link back of an error page, when the browser is in the middle of a login. */
function backOf(context: PlatformContext, error: PageError, session: Session | undefined) {
  const request = session?.request
  if (!error.back || !request) return undefined
  const client = clientOf(context, request.clientId)
  return client && { href: backLink(context.platform.prefix, error.back, request), title: titleOf(client) }
}

/** Shows an error page of the platform's own. */
export function renderPageError(context: PlatformContext, visit: Visit, error: PageError): void {
  note(visit.request, { code: error.code, ...(error.hint !== undefined && { hint: error.hint }) })
  const back = backOf(context, error, error.back && context.sessions.of(visit.request))
  sendPage(visit.response, error.status, errorPage(context.platform.title, error, back), { stored: error.stored })
}

const lostInteraction = { error: 'server_error', error_description: 'something bad happened' }

const undeclared = (name: string, received: unknown, declared: string[] = []): string =>
  `${name} reçue : ${received} ; déclarées par le service : ${declared.join(', ') || 'aucune'}. ` +
  'Le service intégré au bac à sable prend son adresse de --base-url (option baseUrl), un autre de ses redirectUris et postLogoutRedirectUris.'

/** What to change, for the mistakes that everybody makes once. */
function hintOf(context: PlatformContext, ctx: KoaContextWithOIDC, code: string): string | undefined {
  const client = clientOf(context, String(ctx.oidc.client?.clientId))
  if (code === 'Y04EA6EF') {
    const known = context.clients.map(({ clientId }) => clientId).join(', ')
    return `client_id inconnu de cette plateforme, ou jwksUri sur localhost, que FranceConnect+ ne lit pas. Reçu : ${ctx.oidc.params?.['client_id']} ; connus : ${known}.`
  }
  if (code === 'Y04C013C') {
    return undeclared('redirect_uri', ctx.oidc.params?.['redirect_uri'], client?.redirectUris)
  }
  if (code === 'Y04CFAEF') {
    const received = ctx.oidc.params?.['post_logout_redirect_uri']
    return undeclared('post_logout_redirect_uri', received, client?.postLogoutRedirectUris)
  }
  return undefined
}

/** Routes whose errors are JSON whatever the client accepts. */
const jsonRoutes = new Set(['token', 'revocation'])

/** Shows an error of the engine as a page; the one of userinfo is labelled `application/jwt`, as FranceConnect does. */
export function renderEngineError(
  context: PlatformContext,
  ctx: KoaContextWithOIDC,
  out: object,
  error: EngineError
): void {
  if (jsonRoutes.has(ctx.oidc.route)) {
    ctx.body = out
    return
  }
  const alone = (firstErrors.get(ctx.req) ?? error) === error
  const code = alone ? engineErrorCode(error, ctx.oidc.route) : 'Y040001'
  const shown = Object.assign(new PageError(code, hintOf(context, ctx, code) ?? error.error_description), {
    ...(ctx.oidc.route === 'resume' && { back: lostInteraction })
  })
  note(ctx.req, { code, ...(shown.hint !== undefined && { hint: shown.hint }) })
  const session = shown.back && context.sessions.of(ctx.req)
  const text = errorPage(context.platform.title, shown, backOf(context, shown, session))
  ctx.type = ctx.oidc.route === 'userinfo' ? 'application/jwt; charset=utf-8' : 'text/html; charset=utf-8'
  ctx.body = text
}

/** The first error of an authorization request: a second one, a wrong redirect_uri, has the code of neither. */
const firstErrors = new WeakMap<object, EngineError>()

/** Adds to the engine's JSON errors what FranceConnect adds: the detail in parentheses and the `error_uri`. */
export function explainJsonErrors(engine: Engine): void {
  const explain = (ctx: KoaContextWithOIDC, error: EngineError) => {
    const { body } = ctx
    if (typeof body !== 'object' || body === null || !('error' in body)) return
    const said = 'error_description' in body ? String(body.error_description) : 'undefined'
    const description = rewordedDescription(said, ctx.oidc.params?.['client_assertion'] !== undefined)
    ctx.body = {
      error: body.error,
      error_description: `${description} (${engineErrorDetail(error)})`,
      error_uri: errorUri(engineErrorCode(error, ctx.oidc.route, description))
    }
  }
  engine.on('authorization.error', (ctx, error: EngineError) => {
    if (!firstErrors.has(ctx.req)) firstErrors.set(ctx.req, error)
  })
  engine.on('grant.error', explain)
  engine.on('userinfo.error', explain)
  engine.on('revocation.error', explain)
  engine.on('server_error', explain)
}
