import { html } from 'ghtml'

const page = (titre: string, contenu: string) => html`<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${titre} – Cantine de Sainte-Démo</title></head>
<body>
  <main>
    <h1>${titre}</h1>
    !${contenu}
  </main>
</body>
</html>`

const entreeFranceConnect = (bouton: string) => html`
    <p>FranceConnect est la solution proposée par l’État pour sécuriser et simplifier la connexion à vos services en ligne.</p>
    !${bouton}
    <p>ou</p>`

export function pageConnexion({ erreur, bouton = '' }: { erreur?: string; bouton?: string }): string {
  return page(
    'Cantine de Sainte-Démo',
    html`
    !${bouton === '' ? '' : entreeFranceConnect(bouton)}
    !${erreur === undefined ? '' : html`<p role="alert">${erreur}</p>`}
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
    !${suite}
    <form method="post" action="/deconnexion"><button>Se déconnecter</button></form>`
  )
}

/** For somebody logged in with a password: their next logins may go through FranceConnect. */
export const associer = html`
    <form method="post" action="/mon-espace/associer"><button>Me connecter désormais avec FranceConnect</button></form>`
