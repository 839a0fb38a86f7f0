import { html, nothing, render, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { Change, JourneyView, Snapshot } from '../view.ts'
import { pull } from './ask.ts'
import { connect } from './connect.ts'
import { levers } from './levers.ts'
import { journey, steps } from './sequence.ts'
import { apply, secondsUntil, shown, state, take } from './state.ts'
import { states, time } from './words.ts'

const root = document.querySelector<HTMLElement>('#window')!

function overview(journeys: JourneyView[], current: JourneyView | undefined): TemplateResult {
  const select = (id: number | undefined) => () => {
    state.selected = id
    redraw()
  }
  const follows = state.selected === undefined
  const toggle = () => select(follows ? current?.id : undefined)()
  const forget = async () => {
    state.said = await pull({ lever: 'forget' }, 'La fenêtre est vide.')
    redraw()
  }
  return html`<nav class="overview" aria-labelledby="overview-title"><h2 id="overview-title">Connexions</h2>
    ${
      journeys.length === 0
        ? html`<p>Aucune pour le moment. Ouvrez votre démarche et cliquez sur son bouton FranceConnect.</p>`
        : html`<label class="follow"><input type="checkbox" .checked=${follows} @change=${toggle}> Suivre la dernière</label>
        <ol reversed>${repeat(
          [...journeys].reverse(),
          ({ id }) => id,
          (
            view
          ) => html`<li><button type="button" aria-current=${view === current ? 'true' : 'false'} @click=${select(view.id)}>
            <strong>${view.citizen ?? 'Connexion'}</strong> <span class="state ${view.state}">${states[view.state]}</span>
            <small>${view.service}, ${view.platform}, ${time(view.at)}</small></button></li>`
        )}</ol>
        <button type="button" class="small" @click=${forget}>Vider la fenêtre</button>`
    }</nav>`
}

function page({ setup, levers: view, journeys, alone }: Snapshot): TemplateResult {
  const current = shown()
  const heard = current ? `Connexion ${current.id} : ${states[current.state]}.` : ''
  return html`${connect(setup, journeys.length === 0, redraw)}
    <p class="said" role="status">${state.said}</p><p class="sr" role="status">${heard}</p>
    <div class="columns">${overview(journeys, current)}
      <div class="middle">${current ? journey(current, redraw) : nothing}
        ${
          alone.length === 0
            ? nothing
            : html`<details class="alone"><summary><h2>Hors connexion (${alone.length})</h2></summary>
              <p>Configuration, clés, et ce qui n’appartient à aucune connexion gardée.</p>${steps(alone, redraw)}</details>`
        }</div>
      ${levers(setup, view, redraw)}</div>`
}

function redraw(): void {
  const { snapshot, live } = state
  render(
    html`<a class="skip" href="#content">Contenu</a>
    <header><p class="warning"><strong>Bac à sable local : ceci n’est pas FranceConnect.</strong> N’y saisissez aucune donnée réelle.</p>
      <h1>Bac à sable FranceConnect</h1>
      <p class=${live ? 'live' : 'live cut'}>${live ? 'En direct' : 'Le bac à sable ne répond plus ; nouvel essai dans un instant.'}</p></header>
    <main id="content" tabindex="-1">${snapshot ? page(snapshot) : html`<p>Lecture…</p>`}</main>`,
    root
  )
}

function listen(): void {
  const events = new EventSource('/window/events')
  events.addEventListener('snapshot', ({ data }) => {
    take(JSON.parse(data) as Snapshot)
    redraw()
  })
  events.addEventListener('change', ({ data }) => {
    apply(JSON.parse(data) as Change)
    redraw()
  })
  events.addEventListener('error', () => {
    state.live = false
    redraw()
  })
}

let ran = false

/** Draws the countdowns each second while one runs, and once more when it is over. */
setInterval(() => {
  const { code = 0, userinfo = 0, token = 0 } = shown()?.deadlines ?? {}
  const runs = secondsUntil(Math.max(code, userinfo, token)) > 0
  if (runs || ran) redraw()
  ran = runs
}, 1000)

root.replaceChildren()
redraw()
listen()
