import { html } from 'ghtml'
import { alerte } from './blocs.ts'

/** Shown above the form to whoever left FranceConnect, or was refused there. */
export const messageAnnulation = (bouton: string) =>
  alerte(
    'info',
    'Vous avez quitté FranceConnect sans vous connecter',
    html`<p>Rien n’a été lu ni envoyé. Vous pouvez remplir le formulaire vous-même, ou essayer de nouveau.</p><div class="fr-mt-2w">!${bouton}</div>`
  )

/** Shown above the empty form. */
export const messageSansFranceConnect = (bouton: string) =>
  alerte(
    'info',
    'Plus rapide avec FranceConnect',
    html`<p>Identité, revenus et quotient familial se remplissent tout seuls. Sinon, gardez votre avis d’impôt sous la main.</p><div class="fr-mt-2w">!${bouton}</div>`
  )

/** Shown above a form that was sent once the login, or what it had read, was gone. */
export const messageReconnexion = (sansLogin: boolean) =>
  alerte(
    'warning',
    sansLogin ? 'Votre connexion FranceConnect a pris fin' : 'Des données ne sont plus disponibles',
    html`<p>Votre demande n’est pas encore envoyée, et ce que vous avez saisi est toujours là.</p>
    <ul>
      <li>Soit vous vous <a href="/demande" target="_blank" rel="noopener">connectez de nouveau (nouvel onglet)</a>,
        puis vous revenez ici et envoyez ce formulaire ;</li>
      <li>soit vous complétez vous-même les champs apparus ci-dessous.</li>
    </ul>`
  )
