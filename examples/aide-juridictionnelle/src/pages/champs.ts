import { html } from 'ghtml'
import type { Champ, Erreurs, Saisie } from '../formulaire.ts'

/** What fields are drawn from: the form as typed and what is wrong with it. */
export interface Etat {
  readonly saisie: Saisie
  readonly erreurs: Erreurs
}

interface Question {
  readonly champ: Champ
  readonly libelle: string
  readonly aide?: string
  readonly type?: 'text' | 'email'
  readonly clavier?: 'numeric' | 'email'
  readonly remplissage?: string
  readonly facultatif?: boolean
}

const messages = (champ: Champ, erreur: string | undefined) => html`
  <div class="fr-messages-group" id="${champ}-messages" aria-live="polite">
    !${erreur === undefined ? '' : html`<p class="fr-message fr-message--error">${erreur}</p>`}
  </div>`

const etiquette = (question: { libelle: string; aide?: string; facultatif?: boolean }) => html`
  ${question.libelle}!${question.facultatif ? ' (facultatif)' : ''}
  !${question.aide === undefined ? '' : html`<span class="fr-hint-text">${question.aide}</span>`}`

const groupe = (nom: string, erreur: string | undefined) => `fr-${nom}-group${erreur ? ` fr-${nom}-group--error` : ''}`

const invalide = (erreur: string | undefined) => (erreur === undefined ? '' : ' aria-invalid="true"')

export function texte({ saisie, erreurs }: Etat, question: Question): string {
  const { champ } = question
  const erreur = erreurs[champ]
  return html`
  <div class="${groupe('input', erreur)}">
    <label class="fr-label" for="${champ}">!${etiquette(question)}</label>
    <input class="fr-input" id="${champ}" name="${champ}" type="${question.type ?? 'text'}" value="${saisie[champ]}"
      inputmode="${question.clavier ?? 'text'}" autocomplete="${question.remplissage ?? 'off'}"
      aria-describedby="${champ}-messages"!${invalide(erreur)}>
    !${messages(champ, erreur)}
  </div>`
}

export const euros = (etat: Etat, question: Question) => texte(etat, { clavier: 'numeric', ...question })

export function zone({ saisie, erreurs }: Etat, question: Question): string {
  const { champ } = question
  return html`
  <div class="${groupe('input', erreurs[champ])}">
    <label class="fr-label" for="${champ}">!${etiquette(question)}</label>
    <textarea class="fr-input" id="${champ}" name="${champ}" rows="5" maxlength="2000"
      aria-describedby="${champ}-messages"!${invalide(erreurs[champ])}>${saisie[champ]}</textarea>
    !${messages(champ, erreurs[champ])}
  </div>`
}

export function choix(
  { saisie, erreurs }: Etat,
  question: Question,
  options: Readonly<Record<string, string>>
): string {
  const { champ } = question
  const lignes = Object.entries(options).map(
    ([valeur, libelle]) =>
      html`<option value="${valeur}"!${saisie[champ] === valeur ? ' selected' : ''}>${libelle}</option>`
  )
  return html`
  <div class="${groupe('select', erreurs[champ])}">
    <label class="fr-label" for="${champ}">!${etiquette(question)}</label>
    <select class="fr-select" id="${champ}" name="${champ}" aria-describedby="${champ}-messages"!${invalide(erreurs[champ])}>
      <option value="">Choisir</option>
      !${lignes}
    </select>
    !${messages(champ, erreurs[champ])}
  </div>`
}

export function caseACocher({ saisie, erreurs }: Etat, question: Question): string {
  const { champ } = question
  return html`
  <div class="${groupe('checkbox', erreurs[champ])}">
    <input type="checkbox" id="${champ}" name="${champ}" value="oui" aria-describedby="${champ}-messages"
      !${saisie[champ] === 'oui' ? 'checked' : ''}!${invalide(erreurs[champ])}>
    <label class="fr-label" for="${champ}">!${etiquette(question)}</label>
    !${messages(champ, erreurs[champ])}
  </div>`
}

/** Date of birth whose day or month may be unknown, as for people whose civil register does not hold them. */
export function dateDeNaissance({ saisie, erreurs }: Etat): string {
  const parties = [
    ['naissanceJour', 'Jour', 'bday-day'],
    ['naissanceMois', 'Mois', 'bday-month'],
    ['naissanceAnnee', 'Année', 'bday-year']
  ] as const
  const fautive = parties.find(([champ]) => erreurs[champ] !== undefined)?.[0]
  return html`
  <fieldset class="fr-fieldset!${fautive ? ' fr-fieldset--error' : ''}" aria-labelledby="naissance-legende naissance-messages">
    <legend class="fr-fieldset__legend fr-fieldset__legend--regular" id="naissance-legende">
      Date de naissance
      <span class="fr-hint-text">Laissez vides le jour ou le mois s’ils ne sont pas connus.</span>
    </legend>
    <div class="fr-fieldset__element date">
      !${parties.map(
        ([champ, libelle, remplissage]) => html`
      <div class="${groupe('input', erreurs[champ])}">
        <label class="fr-label" for="${champ}">${libelle}</label>
        <input class="fr-input" id="${champ}" name="${champ}" value="${saisie[champ]}" inputmode="numeric"
          autocomplete="${remplissage}"!${invalide(erreurs[champ])}>
      </div>`
      )}
    </div>
    <div class="fr-messages-group" id="naissance-messages" aria-live="polite">
      !${fautive ? html`<p class="fr-message fr-message--error">${erreurs[fautive]}</p>` : ''}
    </div>
  </fieldset>`
}
