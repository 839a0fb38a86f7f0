import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { DetailView, JourneyView, Step } from '../view.ts'
import { read } from './ask.ts'
import { detail } from './detail.ts'
import { secondsUntil, state } from './state.ts'
import { actors, seconds, states, time } from './words.ts'

type Redraw = () => void

async function load(id: number, redraw: Redraw): Promise<void> {
  const view = await read<DetailView>(`/window/exchanges/${id}${state.unmasked.has(id) ? '?secrets=1' : ''}`)
  if (view) state.details.set(id, view)
  redraw()
}

function opened(step: Step, redraw: Redraw): TemplateResult {
  const view = state.details.get(step.id)
  if (!view) return html`<p class="detail">Lecture…</p>`
  return detail(view, () => {
    state.unmasked.add(step.id)
    void load(step.id, redraw)
  })
}

const status = (code: number) => (code === 0 ? 'coupé' : String(code))

function step(view: Step, redraw: Redraw): TemplateResult {
  const toggled = (event: Event) => {
    if (!(event.currentTarget as HTMLDetailsElement).open) return state.details.delete(view.id)
    state.details.set(view.id, undefined)
    redraw()
    return void load(view.id, redraw)
  }
  const to = view.to === 'dataProvider' ? view.server : actors[view.to]
  return html`<li class="step" data-from=${view.from} data-to=${view.to}>
    <details @toggle=${toggled}>
      <summary>
        <span class="line"><span class="who">${view.asker ?? actors[view.from]} → ${to}</span>
          <span class="at">${time(view.at)}</span></span>
        <span class="line"><span class="what">${view.title}</span>
          <span class=${view.refused ? 'status bad' : 'status'}>${status(view.status)}</span></span>
        <code class="path">${view.method} ${view.path}</code>
        <span class="arrow" aria-hidden="true"><i></i></span>
      </summary>
      ${state.details.has(view.id) ? opened(view, redraw) : nothing}
    </details>
    ${
      view.explanation &&
      html`<div class="why"><p><strong>Pourquoi :</strong> ${view.explanation.why}</p>
        <p><strong>À changer :</strong> ${view.explanation.change}</p></div>`
    }
    ${
      view.backToService !== undefined
        ? html`<p class="back"><span class="arrow" aria-hidden="true"><i></i></span>
            Navigateur → Service : retour à <code>${view.backToService}</code> <small>(déduit de la redirection)</small></p>`
        : nothing
    }
  </li>`
}

function countdown(title: string, moment: number | undefined, most: number): TemplateResult | typeof nothing {
  if (moment === undefined) return nothing
  const left = secondsUntil(moment)
  return html`<li><label>${title}, ${seconds(left)}
    <progress max=${most} .value=${Math.min(left, most)}></progress></label></li>`
}

/** The steps of a login, or of nothing in particular. */
export const steps = (views: Step[], redraw: Redraw): TemplateResult =>
  html`<ol class="sequence">${repeat(
    views,
    ({ id }) => id,
    (view) => step(view, redraw)
  )}</ol>`

const lanes = html`<div class="lanes" aria-hidden="true">${Object.values(actors).map((actor) => html`<span>${actor}</span>`)}</div>`

const neverExchanged = html`<div class="why">
  <p><strong>Pourquoi :</strong> le service n’a pas appelé /token dans les 30 secondes : le code est mort.</p>
  <p><strong>À changer :</strong> regardez les journaux du service. Il a pu refuser le retour (cookie de session absent,
    state différent, réponse reçue deux fois) ou ne pas joindre FranceConnect à l’adresse de sa configuration.</p></div>`

/** One login, from its first request to the last. */
export function journey(view: JourneyView, redraw: Redraw): TemplateResult {
  const { deadlines } = view
  const who = view.citizen ?? 'un citoyen'
  return html`<section class="journey" aria-labelledby="journey-title">
    <h2 id="journey-title">Connexion ${view.id} : ${who} à ${view.service}</h2>
    <p><span class="state ${view.state}">${states[view.state]}</span> ${view.platform}, commencée à ${time(view.at)}</p>
    <ul class="countdowns">
      ${view.state === 'code' ? countdown('Code', deadlines.code, 30) : nothing}
      ${countdown('userinfo', deadlines.userinfo, 30)}
      ${countdown('Jeton d’accès', deadlines.token, 60)}
    </ul>
    ${view.state === 'code' && secondsUntil(deadlines.code ?? 0) === 0 ? neverExchanged : nothing}
    <p class="scopes">Scopes demandés : ${view.scopes.map((scope) => html`<code>${scope}</code> `)}</p>
    ${lanes}${steps(view.steps, redraw)}
  </section>`
}
