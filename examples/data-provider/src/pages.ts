import { html } from 'ghtml'
import type { Repas } from './demarche.ts'

const page = (titre: string, contenu: string) => html`<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${titre} – Centre de loisirs</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold}dd{margin:0 0 1rem}form{margin-top:1rem}.fr-connect{display:inline-block;background:#000091;color:#fff;padding:.6rem 1rem;text-decoration:none}.fr-connect__brand{font-weight:bold;margin-left:.4rem}input{font:inherit;padding:.3rem;width:100%;box-sizing:border-box}button{font:inherit;padding:.4rem 1rem}label{display:block}</style></head>
<body>
  <main>
    <h1>${titre}</h1>
    !${contenu}
  </main>
</body>
</html>`

export const accueil = (bouton: string) =>
  page(
    'Inscription au centre de loisirs',
    html`<p>La ville sait déjà quels enfants mangent à la cantine : avec FranceConnect, vous n’avez rien à saisir.</p>!${bouton}`
  )

/** The form, filled with what the town answered; what it did not is typed. */
export function formulaire(nom: string, repas: Repas | null): string {
  const enfants = repas?.enfants?.map(({ prenom = '', ecole = '' }) => `${prenom} (${ecole})`).join(', ') ?? ''
  const connu = html`<dl>
      !${repas?.solde === undefined ? '' : html`<dt>Solde de la cantine</dt><dd>${repas.solde.toLocaleString('fr-FR', { style: 'currency', currency: 'EUR' })}</dd>`}
      !${repas?.carte === undefined ? '' : html`<dt>Carte de la bibliothèque</dt><dd>${repas.carte}</dd>`}
    </dl>`
  return page(
    'Votre demande',
    html`<p>Bonjour ${nom}.</p>
    !${repas === null ? html`<p role="status">La ville n’a pas trouvé votre dossier : complétez à la main.</p>` : connu}
    <form method="post" action="/demande">
      <label>Enfants à inscrire <input name="enfants" value="${enfants}" required></label>
      <p><button>Envoyer ma demande</button></p>
    </form>`
  )
}

export const recu = (enfants: string) =>
  page('Votre demande est enregistrée', html`<p>Enfants inscrits : ${enfants}.</p>`)
