import { Html, html } from './html.ts'
import { style } from './style.ts'

/** A whole page. Every one of them says that it is not FranceConnect. */
export function page(platform: string, title: string, content: Html): string {
  return html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${title} - ${platform} (bac à sable)</title>
<style>${style}</style>
</head>
<body>
<a class="evitement" href="#contenu">Contenu</a>
<section class="avertissement" aria-label="Avertissement"><strong>Bac à sable local : ceci n’est pas ${platform}.</strong>
N’y saisissez aucune donnée réelle.</section>
<header><p>${platform} <small>(simulation pour développeurs)</small></p></header>
<main id="contenu">${content}</main>
<footer>franceconnect-sandbox, outil de développement. Les personnes et les services montrés ici n’existent pas.</footer>
</body>
</html>
`.text
}

/** A page that sends its form by itself, and shows a button where scripts do not run. */
export function selfSubmitted(platform: string, title: string, form: Html): string {
  const withButton = form.text.replace('</form>', '<noscript><button>Continuer</button></noscript></form>')
  return page(
    platform,
    title,
    html`<h1>${title}</h1><p>Redirection en cours… veuillez patienter</p>${new Html(withButton)}
<script>document.forms[0].submit()</script>`
  )
}
