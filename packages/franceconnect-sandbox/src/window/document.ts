import { createHash } from 'node:crypto'
import { html } from '../pages/html.ts'
import { page } from '../pages/layout.ts'

const modules = JSON.stringify({
  imports: { 'lit-html': '/window/lit-html/lit-html.js', 'lit-html/': '/window/lit-html/' }
})

const hash = createHash('sha256').update(modules).digest('base64')

/** Only what the sandbox serves runs, and only the sandbox is asked. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${hash}'`,
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join(';')

/** The window: an empty page that its script fills. */
export const windowDocument = `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/window/style.css">
<title>Bac à sable FranceConnect</title>
<script type="importmap">${modules}</script>
<script type="module" src="/window/page/main.js"></script>
</head>
<body>
<div id="window"><noscript><main><h1>Bac à sable FranceConnect</h1>
<p>Le bac à sable est en marche. Cette page a besoin de JavaScript pour montrer ce qui passe.</p></main></noscript></div>
</body>
</html>
`

/** The start page where the window's files are missing. */
export function withoutWindow(issuers: string[]): string {
  return page(
    'FranceConnect',
    'Bac à sable',
    html`<h1>Le bac à sable est en marche</h1>
<p>Il répond comme FranceConnect et FranceConnect+ à ces adresses (issuer) :</p>
<ul>${issuers.map((issuer) => html`<li><a href="${issuer}/.well-known/openid-configuration"><code>${issuer}</code></a></li>`)}</ul>
<p>La fenêtre qui montre les connexions n’est pas là : les fichiers de sa page n’accompagnent pas ce programme, qui a été
réuni en un seul fichier (bundle). Lancez plutôt <code>npx franceconnect-sandbox</code>.</p>`
  )
}
