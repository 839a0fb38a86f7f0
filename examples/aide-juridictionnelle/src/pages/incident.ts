import { html } from 'ghtml'
import { gabarit } from './gabarit.ts'

export interface Incident {
  readonly titre: string
  readonly explication: string
  readonly genre?: 'info' | 'warning' | 'error'
  /** What can be done next, the best way first. */
  readonly suites: readonly { readonly libelle: string; readonly adresse: string }[]
}

/** A page that says what went wrong and always offers a way on. */
export function pageIncident({ titre, explication, genre = 'warning', suites }: Incident): string {
  const [premiere, ...autres] = suites
  return gabarit({
    titre,
    contenu: html`
    <h1>${titre}</h1>
    <div class="fr-alert fr-alert--${genre} fr-alert--sm fr-mb-4w"><p>${explication}</p></div>
    <ul class="fr-btns-group fr-btns-group--inline-md">
      !${premiere === undefined ? '' : html`<li><a class="fr-btn" href="${premiere.adresse}">${premiere.libelle}</a></li>`}
      !${autres.map(({ libelle, adresse }) => html`<li><a class="fr-btn fr-btn--secondary" href="${adresse}">${libelle}</a></li>`)}
    </ul>`
  })
}
