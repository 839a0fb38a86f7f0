import { html, type TemplateResult } from 'lit-html'
import type { SetupView } from '../view.ts'
import { read } from './ask.ts'
import { state } from './state.ts'

type Client = SetupView['clients'][number]

function secret({ clientId }: Client, redraw: () => void): TemplateResult {
  const known = state.secrets.get(clientId)
  const show = async () => {
    const found = await read<{ secret: string }>(`/window/secret?client=${encodeURIComponent(clientId)}`)
    if (found) state.secrets.set(clientId, found.secret)
    redraw()
  }
  if (known !== undefined) return html`<code>${known}</code>`
  return html`•••••••• <button type="button" class="small" aria-label="Montrer le secret de ${clientId}" @click=${show}>Montrer</button>`
}

const client = (view: Client, redraw: () => void) => html`<h3>${view.title} <small>${view.platform}</small></h3>
  <dl class="fields">
    <div><dt>client_id</dt><dd><code>${view.clientId}</code></dd></div>
    <div><dt>client_secret</dt><dd>${secret(view, redraw)}</dd></div>
    <div><dt>redirect_uri</dt><dd>${view.redirectUris.map((uri) => html`<code>${uri}</code> `)}</dd></div>
  </dl>`

/** What to write in a service, whatever its language, for it to log in here. */
export function connect({ issuers, clients }: SetupView, isFirst: boolean, redraw: () => void): TemplateResult {
  return html`<details class="connect" ?open=${isFirst}><summary><h2>Brancher votre service</h2></summary>
    <p>Dans n’importe quel langage : votre bibliothèque OpenID Connect lit la configuration à l’une de ces adresses (issuer),
      et le service s’y présente avec son client_id et son secret, dans le corps de la requête, sans PKCE.</p>
    <ul>${issuers.map(
      ({ title, issuer }) =>
        html`<li>${title} : <a href="${issuer}/.well-known/openid-configuration"><code>${issuer}</code></a></li>`
    )}</ul>
    ${clients.map((view) => client(view, redraw))}</details>`
}
