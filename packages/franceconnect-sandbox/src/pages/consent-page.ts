import type { Citizen } from '../citizens/citizen.ts'
import type { Platform } from '../platform/platform.ts'
import { type SandboxClient, titleOf } from '../registration/client.ts'
import { dataLabel } from './data-labels.ts'
import { html } from './html.ts'
import { page } from './layout.ts'

const identityLabels: Record<string, string> = {
  gender: 'Sexe',
  given_name: 'Prénom(s)',
  family_name: 'Nom de naissance',
  preferred_username: 'Nom d’usage',
  birthdate: 'Date de naissance',
  birthplace: 'Lieu de naissance',
  birthcountry: 'Pays de naissance',
  email: 'Adresse email',
  idp_birthdate: 'Date de naissance du fournisseur d’identité',
  idp_id: 'Identifiant du fournisseur d’identité',
  amr: 'Méthodes d’authentification'
}

const hidden = new Set(['sub', 'given_name_array', 'rnipp_given_name_array'])

/** The data behind the scopes asked, in the citizen's words where there are some. */
function dataOf(platform: Platform, scopes: string[], own: Record<string, string>): string[] {
  const claims = new Set(scopes.flatMap((scope) => platform.scopes[scope] ?? [scope]))
  return [...claims].filter((claim) => !hidden.has(claim)).map((claim) => own[claim] ?? labelOf(claim))
}

function labelOf(claim: string): string {
  if (claim.startsWith('rnipp_')) return `${identityLabels[claim.slice(6)] ?? claim} (registre d’identité)`
  return identityLabels[claim] ?? dataLabel(claim)
}

interface Consent {
  client: SandboxClient
  citizen: Citizen
  scopes: string[]
  csrf: string
  /** What the scopes of data providers of one's own are called. */
  labels: Record<string, string>
}

/** The information page, with a consent box for a private service. */
export function consentPage(platform: Platform, { client, citizen, scopes, csrf, labels }: Consent): string {
  const service = titleOf(client)
  const data = dataOf(platform, scopes, labels)
  const { given_name, family_name } = citizen.provider
  return page(
    platform.title,
    `Connexion - Continuer sur ${service}`,
    html`<h1>${data.length > 0 ? `Vous allez vous connecter en tant que : ${given_name} ${family_name}` : 'Vous allez vous connecter de façon anonyme'}</h1>
<form method="post" action="${platform.prefix}/login">
<input type="hidden" name="csrfToken" value="${csrf}">
${
  client.type === 'private' &&
  html`<p><input type="checkbox" id="consent" name="consent" value="on" required>
<label for="consent">J’accepte que ${platform.title} transmette mes données au service pour me connecter</label></p>`
}
<p><button name="accept" value="1">Continuer sur ${service}</button></p>
</form>
${
  data.length > 0
    ? html`<h2>Données transmises</h2><ul>${data.map((datum) => html`<li>${datum}</li>`)}</ul>`
    : html`<p>Aucune donnée personnelle ne sera transmise.</p>`
}`
  )
}
