import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'

const style = `:root{color-scheme:light dark}
body{font:1.125rem/1.6 Marianne,arial,sans-serif;margin:0;color:#161616;background:#fff}
main{max-width:38rem;margin:0 auto;padding:3rem 1.25rem}
h1{font-size:1.75rem;line-height:1.25}
.service{font-weight:700;margin:0}
.actions{display:flex;flex-wrap:wrap;gap:1rem;margin-top:2rem}
.primary{background:#000091;color:#fff;border:1px solid #000091;padding:.5rem 1rem;text-decoration:none}
.secondary{color:#000091;border:1px solid #000091;padding:.5rem 1rem;text-decoration:none}
:focus-visible{outline:2px solid #0a76f6;outline-offset:2px}
.reference{color:#666;font-size:.875rem;margin-top:2rem}
@media (prefers-color-scheme:dark){body{color:#fff;background:#161616}.primary{background:#8585f6;border-color:#8585f6;color:#161616}.secondary{color:#8585f6;border-color:#8585f6}.reference{color:#929292}}
`
const styleHash = createHash('sha256').update(style).digest('base64')

const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'none'; base-uri 'none'`
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store'
}

/** A choice offered on a page: a link, since `form-action` would stop a form at the redirect to FranceConnect. */
export interface Action {
  label: string
  url: string
  newTab?: boolean
  /** Opens in the window, out of the frame that the page is in. */
  top?: boolean
}

export interface Page {
  title: string
  text: string
  actions: readonly Action[]
  /** Code of the error, for whoever the citizen asks for help. */
  reference?: string
  /** Where the page goes on to by itself. */
  onward?: string
  /** Whether what follows its links is told which page they were on: to this origin alone. */
  referrer?: boolean
  /** May be shown inside another page: its links then open the window. */
  framed?: boolean
}

const service = Symbol('franceconnect.service')

/** The pages of a context begin with the name of its service. */
export function nameService(app: FastifyInstance, name: string | null): void {
  app.decorate(service, name)
}

function serviceOf({ server }: FastifyReply): string {
  const name = (server as { [service]?: string | null } | undefined)?.[service]
  return name ? `<p class="service">${escapeHtml(name)}</p>\n` : ''
}

/** Escapes a text for HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/**
 * Answers with a small accessible page in French: no script, no external resource, never cached, framed only where it
 * was made for it.
 */
export function sendPage(reply: FastifyReply, statusCode: number, page: Page): FastifyReply {
  reply.code(statusCode).headers(headers)
  if (page.referrer) reply.header('referrer-policy', 'same-origin')
  if (page.framed) {
    // what helmet may have set on Node's own answer
    reply.raw.removeHeader('x-frame-options')
    reply.removeHeader('x-frame-options').header('content-security-policy', policy)
  } else {
    reply.headers({ 'content-security-policy': `${policy}; frame-ancestors 'none'`, 'x-frame-options': 'DENY' })
  }
  return reply.send(render(page, serviceOf(reply)))
}

/** Puts the same in a page of the application, by Turbo's script that is there (https://turbo.hotwired.dev/reference/streams). */
export function sendStream(reply: FastifyReply, page: Page): FastifyReply {
  const change = (action: string, targets: string, html: string) =>
    `<turbo-stream action="${action}" targets="${targets}"><template>${html}</template></turbo-stream>\n`
  return reply
    .code(200)
    .headers({ ...headers, 'content-type': 'text/vnd.turbo-stream.html; charset=utf-8' })
    .send(change('update', 'body', main(page, serviceOf(reply))) + change('append', 'head', refresh(page)))
}

const refresh = ({ onward }: Page): string =>
  onward === undefined ? '' : `<meta http-equiv="refresh" content="0;url=${escapeHtml(onward)}">`

function main({ title, text, actions, reference }: Page, header: string): string {
  const choices = actions.map((action, index) => choice(action, index === 0 ? 'primary' : 'secondary')).join('\n')
  const code = reference ? `<p class="reference">Référence&nbsp;: ${escapeHtml(reference)}</p>` : ''
  return `<main>
${header}<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
<div class="actions">
${choices}
</div>
${code}
</main>`
}

function render(page: Page, header: string): string {
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">${page.onward === undefined ? '' : `\n${refresh(page)}`}
<title>${escapeHtml(page.title)}</title>
<style>${style}</style>
</head>
<body>
${main(page, header)}
</body>
</html>
`
}

function choice({ label, url, newTab, top }: Action, look: string): string {
  const target = newTab ? ' target="_blank" rel="noopener"' : top ? ' target="_top"' : ''
  const note = newTab ? ' (nouvel onglet)' : ''
  return `<a class="${look}" href="${escapeHtml(url)}"${target}>${escapeHtml(label)}${note}</a>`
}
