import { escapeHtml } from './page.ts'

export interface ButtonOptions {
  /** Path to come back to after the login. */
  returnTo?: string | undefined
  /** The FranceConnect+ button. Default: the one of this registration's platform. */
  plus?: boolean | undefined
}

/**
 * The official button in the markup of the State's design system (DSFR, component « Bouton FranceConnect »), with its
 * link under it. A link and not a form: a host's `form-action 'self'` would block the redirect of a form. `logo`, the
 * address of the official artwork, is for pages that take `button.css` in the place of the design system.
 */
export function buttonMarkup(loginUrl: string, plus: boolean, logo: string | null = null): string {
  const name = plus ? 'FranceConnect+' : 'FranceConnect'
  const about = plus ? 'https://franceconnect.gouv.fr/france-connect-plus' : 'https://franceconnect.gouv.fr/'
  const image = logo === null ? '' : `\n    <img class="fr-connect__logo" src="${escapeHtml(logo)}" alt="">`
  return `<div class="fr-connect-group">
  <a class="fr-connect${plus ? ' fr-connect--plus' : ''}" href="${escapeHtml(loginUrl)}">${image}
    <span class="fr-connect__login">S’identifier avec</span>
    <span class="fr-connect__brand">FranceConnect</span>
  </a>
  <p>
    <a href="${about}" target="_blank" rel="noopener" title="Qu’est-ce que ${name} ? - nouvelle fenêtre">Qu’est-ce que ${name} ?</a>
  </p>
</div>`
}
