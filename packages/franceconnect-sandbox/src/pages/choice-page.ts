import { identityProviders } from '../citizens/identity-providers.ts'
import type { PlatformContext } from '../platform/context.ts'
import type { Session } from '../platform/engine/sessions.ts'
import { backLink } from './back-link.ts'
import { html } from './html.ts'
import { page } from './layout.ts'

/** What the service hears when the citizen leaves here. */
export const left = { error: 'access_denied', error_description: 'User auth aborted' }

/** The choice of an identity provider; one that does not reach the level asked is greyed out. */
export function choicePage(context: PlatformContext, session: Session, service: string, notice?: string): string {
  const { platform } = context
  const request = session.request!
  const providers = identityProviders[platform.name].map((provider) => {
    const available = provider.acr >= request.acr
    return html`<li><button name="providerUid" value="${provider.uid}"${!available && html` disabled`}>
<strong>${provider.name}</strong>${available ? 'Fournisseur simulé' : 'Indisponible à ce niveau'}</button></li>`
  })
  return page(
    platform.title,
    notice === undefined ? 'Connexion - Choix du compte' : 'Erreur lors du choix du compte',
    html`<h1>Connexion en cours sur ${service}</h1>
${notice !== undefined && html`<p class="message" role="alert">${notice}</p>`}
<h2>Choisissez un compte pour vous connecter</h2>
<p>Les fournisseurs d’identité sont simulés : aucun site réel n’est contacté.</p>
<form method="post" action="${platform.prefix}/redirect-to-idp">
<input type="hidden" name="csrfToken" value="${session.csrf}">
<ul class="choix">${providers}</ul>
</form>
<p><a id="back-to-sp-link" href="${backLink(platform.prefix, left, request)}">Revenir sur ${service}</a></p>`
  )
}
