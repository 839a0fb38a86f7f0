import { html } from 'ghtml'
import { leJourEtLHeure } from '../textes.ts'

export interface Provenance {
  /** Left out where the title already names it. */
  readonly source?: string
  readonly recueLe: Date
}

export const donnees = (lignes: readonly [string, string][]) =>
  html`<dl class="donnees">!${lignes.map(([libelle, valeur]) => html`<dt>${libelle}</dt><dd>${valeur}</dd>`)}</dl>`

/** A section whose answers came from an administration: who sent them and when stands right under its title. */
export function blocCertifie(
  titre: string,
  { source, recueLe }: Provenance,
  lignes: readonly [string, string][],
  suite = ''
): string {
  const quand = `reçue le ${leJourEtLHeure(recueLe)}.`
  return html`
  <section class="bloc bloc--certifie">
    <h2 class="fr-h4">${titre}</h2>
    <p class="fr-badge fr-badge--success fr-badge--sm">Donnée certifiée</p>
    <p class="fr-text--sm fr-mb-0">${source === undefined ? `Donnée ${quand}` : `Source : ${source}, ${quand}`}</p>
    !${donnees(lignes)}
    !${suite}
  </section>`
}

/** A section to fill by hand. */
export function bloc(titre: string, contenu: string): string {
  return html`
  <section class="bloc">
    <h2 class="fr-h4">${titre}</h2>
    !${contenu}
  </section>`
}

/** A message above what it speaks of. Errors take the focus: they are the first thing read. */
export function alerte(genre: 'info' | 'warning' | 'error' | 'success', titre: string, contenu: string): string {
  return html`
  <div class="fr-alert fr-alert--${genre} fr-mb-3w"!${genre === 'error' ? ' tabindex="-1" autofocus' : ''}>
    <p class="fr-alert__title">${titre}</p>
    !${contenu}
  </div>`
}

/** The official button, then the other way, for citizens who cannot or will not use FranceConnect. */
export function entree(bouton: string, autre: string): string {
  return html`
  <div>
    <p>FranceConnect est la solution proposée par l’État pour sécuriser et simplifier la connexion à vos services en ligne.</p>
    !${bouton}
    <p class="separateur">OU</p>
    !${autre}
  </div>`
}
