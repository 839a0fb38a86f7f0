import { Html, html } from '../pages/html.ts'
import { page, selfSubmitted } from '../pages/layout.ts'
import { PageError } from '../pages/page-error.ts'
import { isUrl } from '../platform/authorize-rules.ts'
import type { PlatformContext } from '../platform/context.ts'
import type { KoaContextWithOIDC } from '../platform/engine/provider.ts'
import { secret } from '../platform/engine/sessions.ts'
import { idpUidOf } from '../platform/engine-configuration.ts'
import { redirect, sendPage, type Visit } from '../platform/visit.ts'
import { identityProviderPath } from './choice.ts'

const parameters = ['id_token_hint', 'post_logout_redirect_uri', 'state', 'client_id', 'logout_hint', 'ui_locales']

/** Refuses what FranceConnect refuses with its page Y000400 (partner documentation, logout). */
export function checkLogoutParameters(query: URLSearchParams): void {
  if (!query.get('id_token_hint')) throw new PageError('Y000400', 'id_token_hint manquant')
  const uri = query.get('post_logout_redirect_uri')
  if (uri !== null && !isUrl(uri)) throw new PageError('Y000400', "post_logout_redirect_uri n'est pas une URL")
  for (const name of new Set(query.keys())) {
    if (!parameters.includes(name)) throw new PageError('Y000400', `paramètre « ${name} » inconnu`)
    if (query.getAll(name).length > 1) throw new PageError('Y000400', `paramètre « ${name} » répété`)
  }
}

function answer(ctx: KoaContextWithOIDC, body: string): void {
  ctx.type = 'text/html; charset=utf-8'
  ctx.body = body
}

/** First page of a logout: it goes and tells the identity provider, keeping the engine's confirmation for later. */
export function logoutStarted(context: PlatformContext, ctx: KoaContextWithOIDC, form: string): void {
  const { platform, sessions } = context
  const session = sessions.of(ctx.req) ?? sessions.open(ctx.req, ctx.res)
  sessions.restart(session)
  sessions.renew(session, ctx.res)
  session.logout = { state: secret(), form, idpUid: idpUidOf(ctx.oidc.session?.accountId ?? '') }
  const start = html`<form method="post" action="${platform.prefix}/client/disconnect-from-idp"></form>`
  answer(ctx, selfSubmitted(platform.title, 'Déconnexion du FI', start))
}

/** Last page of a logout that named no address to come back to. */
export function loggedOut({ platform }: PlatformContext, ctx: KoaContextWithOIDC): void {
  const text = html`<h1>Déconnexion</h1><p>Vous êtes bien déconnecté, vous pouvez fermer votre navigateur.</p>`
  answer(ctx, page(platform.title, 'Déconnexion', text))
}

/** `POST /client/disconnect-from-idp`: on to the identity provider's own logout. */
export function disconnect({ sessions, issuer }: PlatformContext, visit: Visit): void {
  const session = sessions.of(visit.request)
  const idp = session?.logout?.idpUid ?? session?.identification?.idpUid
  if (idp === undefined) throw new PageError(session?.request ? 'Y020019' : 'Y190001')
  const state = session?.logout?.state ?? secret()
  const query = new URLSearchParams({ state, post_logout_redirect_uri: `${issuer}/client/logout-callback` })
  redirect(visit, 302, `${issuer}${identityProviderPath}/${idp}/session/end?${query}`)
}

/** `GET /client/logout-callback`: the session ends, then the engine's confirmation is sent. */
export function disconnectedFromProvider({ sessions, platform }: PlatformContext, visit: Visit): void {
  const session = sessions.of(visit.request)
  if (!session?.logout || visit.query.get('state') !== session.logout.state) throw new PageError('Y000000')
  const form = new Html(session.logout.form)
  sessions.end(session, visit.response)
  sendPage(visit.response, 200, selfSubmitted(platform.title, 'Déconnexion', form))
}
