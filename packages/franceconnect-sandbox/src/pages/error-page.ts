import { html } from './html.ts'
import { page } from './layout.ts'
import type { PageError } from './page-error.ts'

/** An error page with its code, the advice, and the link back to the service where there is one. */
export function errorPage(platform: string, error: PageError, back?: { href: string; title: string }): string {
  return page(
    platform,
    'Erreur de connexion',
    html`<h1>Une erreur s’est produite</h1>
<p>Erreur <strong data-testid="error-code">${error.code}</strong> (identifiant
<code data-testid="error-id">${crypto.randomUUID()}</code>)</p>
<h2>Que faire ?</h2>
<p>${error.advice}</p>
${error.hint !== undefined && html`<p class="info"><strong>Pour le développeur :</strong> ${error.hint}</p>`}
${back && html`<p><a class="bouton" id="back-to-sp-link" href="${back.href}">Revenir sur ${back.title}</a></p>`}`
  )
}
