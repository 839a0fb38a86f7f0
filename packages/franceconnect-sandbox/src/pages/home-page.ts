import { html } from './html.ts'
import { page } from './layout.ts'

/** What a developer sees at the root of the sandbox. */
export function homePage(issuers: string[]): string {
  return page(
    'FranceConnect',
    'Bac à sable',
    html`<h1>Le bac à sable est en marche</h1>
<p>Il répond comme FranceConnect et FranceConnect+ à ces adresses (issuer) :</p>
<ul>${issuers.map((issuer) => html`<li><a href="${issuer}/.well-known/openid-configuration"><code>${issuer}</code></a></li>`)}</ul>
<p>Ouvrez votre démarche et cliquez sur son bouton FranceConnect.</p>`
  )
}
