import { html } from 'ghtml'
import { entree } from './blocs.ts'
import { gabarit } from './gabarit.ts'

/** Home: what the service does, the official button, and the way without it. */
export function pageAccueil({ bouton, connecte }: { bouton: string; connecte: string | undefined }): string {
  const commencer =
    connecte === undefined
      ? entree(
          bouton,
          html`<a class="fr-btn fr-btn--secondary" href="/demande/sans-franceconnect">Remplir le formulaire sans FranceConnect</a>`
        )
      : html`<p><a class="fr-btn fr-btn--lg" href="/demande">Continuer ma demande</a></p>`
  return gabarit({
    titre: 'Demander l’aide juridictionnelle',
    connecte,
    contenu: html`
    <h1>Demander l’aide juridictionnelle</h1>
    <p class="fr-text--lead">
      Vos ressources sont faibles ? L’État peut payer tout ou partie de vos frais d’avocat et de justice.
    </p>
    <h2 class="fr-h4">Aucun justificatif à joindre</h2>
    <p>
      Avec FranceConnect, votre demande se remplit toute seule. Avec votre accord, nous lisons une seule fois :
    </p>
    <ul class="fr-mb-3w">
      <li>votre identité, vérifiée par FranceConnect ;</li>
      <li>votre revenu fiscal de référence et vos parts, auprès des impôts (DGFiP) ;</li>
      <li>votre quotient familial, auprès de la CAF ou de la MSA.</li>
    </ul>
    <h2 class="fr-h4">Commencer</h2>
    !${commencer}`
  })
}
