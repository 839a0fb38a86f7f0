import { html, nothing, type TemplateResult } from 'lit-html'
import type { Check, DetailView, MessageView, OpenedView, TokenView } from '../view.ts'

const marks: Record<Check['verdict'], string> = { good: '✓', bad: '✗', told: '·' }
const spoken: Record<Check['verdict'], string> = { good: 'Bon : ', bad: 'Mauvais : ', told: '' }

const rows = (title: string, entries: [string, string][]): TemplateResult | typeof nothing =>
  entries.length === 0
    ? nothing
    : html`<h4>${title}</h4><dl class="fields">${entries.map(
        ([name, value]) => html`<div><dt>${name}</dt><dd>${value === '' ? '(vide)' : value}</dd></div>`
      )}</dl>`

const text = (title: string, body: string) =>
  body === '' ? nothing : html`<h4>${title}</h4><pre tabindex="0" aria-label=${title}>${body}</pre>`

function message(title: string, { headers, fields, body }: MessageView, fieldsTitle: string): TemplateResult {
  return html`<section class="message"><h3>${title}</h3>${rows(fieldsTitle, fields)}${text('Corps', body)}
    <details class="headers"><summary>En-têtes (${headers.length})</summary>${rows('En-têtes', headers)}</details></section>`
}

function token({ name, parts, checks }: TokenView): TemplateResult {
  return html`<section class="token"><h3>${name}, ouvert</h3>
    <ul class="checks">${checks.map(
      ({ verdict, text: said }) =>
        html`<li class=${verdict}><span aria-hidden="true">${marks[verdict]}</span> <span class="sr">${spoken[verdict]}</span>${said}</li>`
    )}</ul>
    ${parts.map((part) => text(part.name, part.json))}</section>`
}

function opened(views: OpenedView[]): TemplateResult | typeof nothing {
  if (views.length === 0) return nothing
  return html`<section class="opened"><h3>Quel scope a ouvert quoi</h3><dl class="fields">${views.map(
    ({ scope, label, granted, fields }) => html`<div class=${granted ? 'granted' : 'absent'}>
      <dt><code>${scope}</code> ${label}</dt>
      <dd>${granted ? '' : 'Pas demandé, il aurait ouvert : '}${fields.join(', ')}</dd></div>`
  )}</dl></section>`
}

/** One exchange, opened. */
export function detail(view: DetailView, unmask: () => void): TemplateResult {
  return html`<div class="detail">
    <p class="facts"><code>${view.address}</code></p>
    <p class="facts">Répondu en ${view.duration} ms.${view.truncated ? ' Un corps trop long est coupé.' : ''}
      ${view.masked ? html`<button type="button" class="small" @click=${unmask}>Montrer le secret</button>` : nothing}</p>
    ${view.tokens.map(token)}${opened(view.opened)}
    <div class="messages">${message('Requête', view.request, 'Paramètres')}${message('Réponse', view.answer, 'Paramètres de la redirection')}</div>
  </div>`
}
