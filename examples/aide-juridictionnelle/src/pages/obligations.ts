import { html } from 'ghtml'
import { gabarit } from './gabarit.ts'

/** The pages at the bottom of every public service, true of this demonstration. */
export const obligations: Readonly<Record<string, { titre: string; contenu: string }>> = {
  '/accessibilite': {
    titre: 'Déclaration d’accessibilité',
    contenu: html`
    <p>Cette démonstration n’a pas fait l’objet d’un audit : au sens du référentiel général d’amélioration de l’accessibilité
      (RGAA), elle se déclare <strong>non conforme</strong>.</p>
    <p>Toutes les pages sont vérifiées par axe à chaque modification, se parcourent au clavier et tiennent sur 375 pixels. Un
      défaut ? <a href="https://www.defenseurdesdroits.fr/">Le Défenseur des droits</a> est le recours pour un vrai service.</p>`
  },
  '/mentions-legales': {
    titre: 'Mentions légales',
    contenu: html`
    <p>Ce site est un exemple livré avec fastify-franceconnect et fastify-fc-data, sous licence MIT. Il n’est pas un service de
      l’État, n’a pas d’éditeur public et n’est pas hébergé : il s’exécute sur la machine de qui le lance.</p>`
  },
  '/donnees-personnelles': {
    titre: 'Données personnelles',
    contenu: html`
    <h2 class="fr-h4">Ce qui est lu, et pourquoi</h2>
    <ul>
      <li>votre identité, par FranceConnect : pour constituer la demande à votre nom ;</li>
      <li>votre revenu fiscal de référence et vos parts, à la DGFiP : pour comparer vos ressources aux plafonds ;</li>
      <li>votre quotient familial, à la CAF ou à la MSA : pour montrer votre situation du mois.</li>
    </ul>
    <h2 class="fr-h4">Combien de temps</h2>
    <p>Trente minutes pour ce qui est lu et n’a pas été envoyé. Les demandes envoyées restent en mémoire jusqu’à l’arrêt du
      serveur. Un vrai service indique ici sa base légale, ses durées, son délégué à la protection des données et vos droits.</p>`
  },
  '/cookies': {
    titre: 'Gestion des cookies',
    contenu: html`
    <p>Deux cookies, nécessaires au service et sans consentement à donner : votre session, et la connexion FranceConnect en cours.
      Aucune mesure d’audience, aucun traceur.</p>`
  }
}

export function pageObligation(
  { titre, contenu }: { titre: string; contenu: string },
  connecte: string | undefined
): string {
  return gabarit({ titre, connecte, contenu: html`<h1>${titre}</h1>!${contenu}` })
}
