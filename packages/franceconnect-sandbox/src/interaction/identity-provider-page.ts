import type { IdentityProvider } from '../citizens/identity-providers.ts'
import { html } from '../pages/html.ts'
import { page } from '../pages/layout.ts'
import type { PlatformContext } from '../platform/context.ts'
import { knownAcrValues } from '../platform/platform.ts'

/** The page of a simulated identity provider: the citizens, without a password. */
export function identityProviderPage(
  { platform, people }: PlatformContext,
  provider: IdentityProvider,
  query: URLSearchParams,
  message?: string
): string {
  const asked = query.get('acr_values') ?? ''
  const [answered] = [asked, provider.acr].sort()
  const citizens = people.all.map(
    (citizen) => html`<li><button name="login" value="${citizen.id}">
<strong>${citizen.provider.given_name} ${citizen.provider.family_name}</strong>
${citizen.title}<br><small>${citizen.id}</small></button></li>`
  )
  const levels = knownAcrValues.map(
    (acr) => html`<option value="${acr}"${acr === answered && html` selected`}>${acr}</option>`
  )
  return page(
    platform.title,
    `${provider.name} (simulé)`,
    html`<h1>${provider.name} <small>(fournisseur d’identité simulé)</small></h1>
${message !== undefined && html`<p class="message" role="alert">${message}</p>`}
<form method="post">
<input type="hidden" name="state" value="${query.get('state') ?? ''}">
<p><label>Niveau de garantie répondu <select name="acr">${levels}</select></label></p>
<h2>Qui se connecte ?</h2>
<ul class="choix">${citizens}</ul>
<p><button name="cancel" value="1" formnovalidate>Annuler</button></p>
</form>`
  )
}
