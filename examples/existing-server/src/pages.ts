import { html } from 'ghtml'
import type { Compte } from './comptes.ts'
import { style } from './style.ts'

const page = (titre: string, contenu: string) => html`<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${titre} – Cantine de Sainte-Démo</title>
<style>!${style}</style></head>
<body>
  <main>
    <h1>${titre}</h1>
    !${contenu}
  </main>
</body>
</html>`

const alerte = (erreur: string | undefined) => (erreur === undefined ? '' : html`<p role="alert">${erreur}</p>`)

/** The button with the sentence that FranceConnect asks for. */
export const entreeFranceConnect = (bouton: string) => html`
    <p>FranceConnect est la solution proposée par l’État pour sécuriser et simplifier la connexion à vos services en ligne.</p>
    !${bouton}`

export function pageConnexion({ erreur, bouton = '' }: { erreur?: string; bouton?: string }): string {
  return page(
    'Cantine de Sainte-Démo',
    html`
    !${bouton === '' ? '' : html`!${entreeFranceConnect(bouton)}<p class="ou">ou</p>`}
    !${alerte(erreur)}
    <form method="post" action="/connexion">
      <p><label>Adresse électronique <input name="courriel" type="email" autocomplete="username" required></label></p>
      <p><label>Mot de passe <input name="motdepasse" type="password" autocomplete="current-password" required></label></p>
      <button>Se connecter</button>
    </form>`
  )
}

export function pageEspace({ nom, enfants, suite = '' }: { nom: string; enfants: string[]; suite?: string }): string {
  return page(
    `Bonjour ${nom}`,
    html`
    <h2>Enfants inscrits</h2>
    !${enfants.length === 0 ? html`<p>Aucun pour l’instant.</p>` : html`<ul>!${enfants.map((enfant) => html`<li>${enfant}</li>`)}</ul>`}
    <form method="post" action="/inscriptions">
      <p><label>Prénom de l’enfant <input name="enfant" required></label></p>
      <button>Inscrire</button>
    </form>
    !${suite === '' ? '' : html`<h2>Ne plus retenir de mot de passe</h2>!${suite}`}
    <h2>Mon compte</h2>
    <form method="post" action="/deconnexion"><button>Se déconnecter</button></form>
    <details>
      <summary>Supprimer mon compte</summary>
      <p>Votre compte et les inscriptions de vos enfants seront effacés. C’est définitif.</p>
      <form method="post" action="/mon-espace/supprimer"><button>Supprimer définitivement</button></form>
    </details>`
  )
}

interface Association {
  identite: string
  compte: string
  erreur?: string | undefined
}

/** For somebody logged in with a password whom FranceConnect says to be somebody that the town does not know yet. */
export function pageAssociation({ identite, compte, erreur }: Association): string {
  return page(
    `Associer votre identité FranceConnect (${identite}) au compte de ${compte} ?`,
    html`
    <p>Ce navigateur était connecté au compte de <strong>${compte}</strong>, et FranceConnect nous dit que vous êtes <strong>${identite}</strong>.</p>
    !${alerte(erreur)}
    <h2>C’est mon compte</h2>
    <form method="post" action="/association">
      <p>FranceConnect l’ouvrira désormais. Pour être sûrs que ce compte est le vôtre, nous vous demandons encore une fois son mot de passe.</p>
      <p><label>Mot de passe du compte de ${compte} <input name="motdepasse" type="password" autocomplete="current-password" required></label></p>
      <button>Associer</button>
    </form>
    <h2>Ce n’est pas mon compte</h2>
    <form method="post" action="/association/refuser">
      <p>Vous aurez un compte à votre nom, sans lien avec celui de ${compte}.</p>
      <button>Garder les deux comptes séparés</button>
    </form>`
  )
}

const etats = { ouvert: 'Ouvert', ferme: 'Fermé', refuse: 'Refusé' }

export function pageAgents(comptes: Compte[]): string {
  const ligne = ({ id, nom, etat }: Compte) => html`<li>
      <h2>${nom}</h2>
      <form method="post" action="/agents/etat"><input type="hidden" name="usager" value="${id}">
        <select name="etat" aria-label="État du compte de ${nom}">
        !${Object.entries(etats).map(([cle, mot]) => html`<option value="${cle}" ${cle === etat ? 'selected' : ''}>${mot}</option>`)}
        </select> <button aria-label="Changer l’état du compte de ${nom}">Changer</button></form>
      <form method="post" action="/agents/supprimer"><input type="hidden" name="usager" value="${id}">
        <button aria-label="Supprimer le compte de ${nom}">Supprimer</button></form>
    </li>`
  return page(
    'Comptes de la cantine',
    html`<ul class="comptes">!${comptes.map(ligne)}</ul>
    <p><a href="/mon-espace">Mon espace</a></p>`
  )
}

export function pageMessage(titre: string, texte: string): string {
  return page(titre, html`<p>${texte}</p><p><a href="/">Revenir à l’accueil</a></p>`)
}

export const pageFermee = pageMessage(
  'Votre compte est fermé',
  'Personne n’est connecté. Pour le rouvrir, écrivez à la mairie : cantine@sainte-demo.fr.'
)
export const pageRefusee = pageMessage(
  'Vous ne pouvez pas vous connecter',
  'La mairie ne vous donne pas accès à ce service. Pour en connaître la raison, écrivez à cantine@sainte-demo.fr.'
)
export const pageAuRevoir = pageMessage(
  'Votre compte est supprimé',
  'Votre compte et les inscriptions de vos enfants sont effacés. Personne n’est connecté.'
)
