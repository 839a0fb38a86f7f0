import { html, nothing, type TemplateResult } from 'lit-html'
import type { LeversView, SetupView } from '../view.ts'
import { pull } from './ask.ts'
import { state } from './state.ts'

type Redraw = () => void

const options = (names: readonly string[]) => names.map((name) => html`<option value=${name}>${name}</option>`)

/** Pulls a lever and says what became of it. */
async function act(asked: Record<string, unknown>, done: string, redraw: Redraw): Promise<void> {
  state.said = await pull(asked, done)
  redraw()
}

const fieldsOf = (event: Event): FormData => {
  event.preventDefault()
  return new FormData(event.currentTarget as HTMLFormElement)
}

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '')

function citizen({ citizens }: SetupView, { citizen: chosen }: LeversView, redraw: Redraw): TemplateResult {
  const changed = (event: Event) => {
    const id = (event.currentTarget as HTMLSelectElement).value
    const done = id === '' ? 'Les pages de connexion sont de retour.' : `${id} se connecte désormais sans un clic.`
    void act({ lever: 'citizen', citizen: id === '' ? null : id }, done, redraw)
  }
  return html`<section><h3>Qui se connecte</h3>
    <label>Citoyen choisi d’avance <select @change=${changed} .value=${chosen ?? ''}>
      <option value="" ?selected=${chosen === null}>Personne : les pages s’affichent</option>
      ${citizens.map(
        ({ id, name, title }) =>
          html`<option value=${id} ?selected=${id === chosen}>${name} (${id}) : ${title}</option>`
      )}</select></label></section>`
}

function clock({ ahead }: LeversView, redraw: Redraw): TemplateResult {
  const go = (count: number, done: string) => () => void act({ lever: 'clock', seconds: count }, done, redraw)
  const send = (event: Event) => {
    const count = Number(textOf(fieldsOf(event), 'seconds'))
    void act({ lever: 'clock', seconds: count }, `L’horloge a avancé de ${count} s.`, redraw)
  }
  return html`<section><h3>Horloge</h3>
    <p>${ahead === 0 ? 'À l’heure de la machine.' : `En avance de ${ahead} s sur la machine.`}</p>
    <p class="buttons">
      <button type="button" @click=${go(31, 'userinfo ne répond plus, un code non échangé est mort.')}>+ 31 s</button>
      <button type="button" @click=${go(61, 'Les jetons d’accès sont morts.')}>+ 61 s</button>
      <button type="button" @click=${go(1801, 'Les sessions FranceConnect sont terminées.')}>+ 30 min</button></p>
    <form @submit=${send}><label>Avancer de (secondes) <input name="seconds" type="number" value="10" required></label>
      <button>Avancer</button></form></section>`
}

function keys(redraw: Redraw): TemplateResult {
  const rotate = () =>
    void act({ lever: 'keys' }, 'Les clés de signature ont été remplacées, sous le même kid.', redraw)
  return html`<section><h3>Clés de signature</h3>
    <button type="button" @click=${rotate}>Remplacer les clés</button></section>`
}

const numbers = ['status', 'delay', 'retryAfter', 'times']

function faults({ faultTargets, faultKinds }: SetupView, view: LeversView, redraw: Redraw): TemplateResult {
  const send = (event: Event) => {
    const form = fieldsOf(event)
    const details = numbers.filter((name) => textOf(form, name) !== '').map((name) => [name, Number(form.get(name))])
    const target = textOf(form, 'target')
    const fault = { kind: textOf(form, 'kind'), ...Object.fromEntries(details) }
    void act({ lever: 'fault', target, fault }, `Panne allumée : ${target}.`, redraw)
  }
  const off = (target: string) => () =>
    void act({ lever: 'fault', target, fault: null }, `Panne éteinte : ${target}.`, redraw)
  return html`<section><h3>Pannes</h3>
    ${
      view.faults.length === 0
        ? html`<p>Aucune.</p>`
        : html`<ul class="active">${view.faults.map(
            ({ target, text }) => html`<li><span><strong>${target}</strong> : ${text}</span>
              <button type="button" class="small" aria-label="Éteindre la panne de ${target}" @click=${off(target)}>Éteindre</button></li>`
          )}</ul>`
    }
    <form @submit=${send}>
      <label>Qui <select name="target">${options(faultTargets)}</select></label>
      <label>Panne <select name="kind">${options(faultKinds)}</select></label>
      <details><summary>Précisions</summary>
        <label>Statut HTTP (error) <input name="status" type="number" min="400" max="599"></label>
        <label>Attente en ms (slow) <input name="delay" type="number" min="0"></label>
        <label>Retry-After en s <input name="retryAfter" type="number" min="0"></label>
        <label>Nombre de requêtes <input name="times" type="number" min="1"></label></details>
      <button>Allumer</button></form></section>`
}

function answers({ apis, citizens }: SetupView, view: LeversView, redraw: Redraw): TemplateResult {
  const send = (event: Event) => {
    const form = fieldsOf(event)
    const [api, who, text] = ['api', 'citizen', 'answer'].map((name) => textOf(form, name)) as [string, string, string]
    try {
      void act(
        { lever: 'answer', api, citizen: who, answer: JSON.parse(text) },
        `${api} répond ainsi pour ${who}.`,
        redraw
      )
    } catch {
      state.said = 'Les données ne sont pas du JSON.'
      redraw()
    }
  }
  const usual = (api: string, who: string) => () =>
    void act(
      { lever: 'answer', api, citizen: who, answer: null },
      `${api} répond comme d’habitude pour ${who}.`,
      redraw
    )
  return html`<section><h3>Données d’un citoyen</h3>
    ${
      view.answers.length === 0
        ? nothing
        : html`<ul class="active">${view.answers.map(
            ({
              api,
              citizenId,
              text
            }) => html`<li><span><strong>${api}</strong>, ${citizenId} : <code>${text}</code></span>
              <button type="button" class="small" aria-label="Oublier les données de ${citizenId} pour ${api}"
                @click=${usual(api, citizenId)}>Oublier</button></li>`
          )}</ul>`
    }
    <form @submit=${send}>
      <label>API <select name="api">${options(apis)}</select></label>
      <label>Citoyen <select name="citizen">${citizens.map(({ id, name }) => html`<option value=${id}>${name} (${id})</option>`)}</select></label>
      <label>Ce qui change, en JSON ; ou 404 (rien), 422…
        <textarea name="answer" rows="3" spellcheck="false" required>{ "quotient_familial": { "valeur": 400 } }</textarea></label>
      <button>Répondre ainsi</button></form></section>`
}

/** Everything that can be changed from the page. */
export function levers(setup: SetupView, view: LeversView, redraw: Redraw): TemplateResult {
  return html`<aside class="levers" aria-labelledby="levers-title"><h2 id="levers-title">Leviers</h2>
    ${citizen(setup, view, redraw)}${clock(view, redraw)}${keys(redraw)}${faults(setup, view, redraw)}${answers(setup, view, redraw)}
  </aside>`
}
