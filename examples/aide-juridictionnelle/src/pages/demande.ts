import { html } from 'ghtml'
import type { Champ, Erreurs } from '../formulaire.ts'
import { alerte } from './blocs.ts'
import { caseACocher } from './champs.ts'
import { gabarit } from './gabarit.ts'
import {
  type Rubriques,
  rubriqueAffaire,
  rubriqueFamille,
  rubriqueFoyer,
  rubriqueIdentite,
  rubriquePatrimoine,
  rubriqueRevenus
} from './rubriques.ts'

export interface PageDemande extends Rubriques {
  /** Said first: a login that was cancelled, an answer that is no longer held. Made of `html` templates. */
  readonly message: string
}

/** The form. What an administration certified is shown; what it could not send is asked, saying why. */
export function pageDemande(page: PageDemande): string {
  const { etat, identite } = page
  const erreurs = Object.keys(etat.erreurs).length > 0
  return gabarit({
    titre: `${erreurs ? 'Erreur : v' : 'V'}otre demande`,
    connecte: identite?.nomAffiche,
    contenu: html`
    <h1>Votre demande d’aide juridictionnelle</h1>
    !${page.message}
    !${erreurs ? resume(etat.erreurs) : ''}
    <p>Sauf mention contraire, tous les champs sont obligatoires.</p>
    <form method="post" action="/demande" novalidate>
      <input type="hidden" name="certifiees" value="${certifiees(page).join(' ')}">
      !${rubriqueIdentite(page)}
      !${rubriqueRevenus(page)}
      !${rubriqueFamille(page)}
      !${rubriqueFoyer(page)}
      !${rubriquePatrimoine(page)}
      !${rubriqueAffaire(page)}
      !${caseACocher(etat, { champ: 'honneur', libelle: 'Je certifie sur l’honneur que les renseignements que j’ai saisis sont exacts.' })}
      <button class="fr-btn fr-btn--lg fr-mt-2w" type="submit">Envoyer ma demande</button>
    </form>`
  })
}

/** Names of the certified parts of the page: the next post says which ones the citizen had before their eyes. */
export function certifiees({ identite, prerempli }: Pick<Rubriques, 'identite' | 'prerempli'>): string[] {
  return [
    identite === null ? '' : 'identite',
    prerempli.revenu === null ? '' : 'impots',
    prerempli.famille.length === 0 ? '' : 'famille'
  ].filter(Boolean)
}

const ordre: readonly Champ[] = [
  'nom',
  'prenoms',
  'naissanceJour',
  'naissanceMois',
  'naissanceAnnee',
  'naissanceLieu',
  'revenu',
  'revenusSixMois',
  'personnes',
  'quotientFamilial',
  'patrimoineMobilier',
  'patrimoineImmobilier',
  'affaire',
  'resume',
  'courriel',
  'honneur'
]

function resume(erreurs: Erreurs): string {
  const liens = ordre
    .filter((champ) => erreurs[champ] !== undefined)
    .map((champ) => html`<li><a href="#${champ}">${erreurs[champ]}</a></li>`)
  return alerte('error', 'Il manque quelque chose', html`<ul>!${liens}</ul>`)
}
