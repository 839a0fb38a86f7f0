import { engineErrorCode } from '../platform/engine/engine-error.ts'
import type { SandboxClient } from '../registration/client.ts'
import { answerHeader, type Exchange, objectIn } from './exchange.ts'
import { checkTokenStatuses, dataStatuses, redirectErrors } from './explain-answers.ts'
import { explanations } from './explain-codes.ts'
import type { Explanation } from './view.ts'

const unknown: Explanation = {
  why: 'La requête est refusée.',
  change: 'Ouvrez l’échange : la réponse donne le détail.'
}

const cut: Explanation = {
  why: 'Aucune réponse : la connexion a été coupée, ou l’appelant est parti avant.',
  change: 'Si une panne est allumée dans les leviers, c’est elle. Sinon, vérifiez le délai de l’appelant.'
}

/** Addresses received and declared, for the mistakes that everybody makes once. */
function addresses(code: string, { query }: Exchange, client: SandboxClient | undefined): string {
  const name = code === 'Y04C013C' ? 'redirect_uri' : code === 'Y04CFAEF' ? 'post_logout_redirect_uri' : undefined
  if (name === undefined || !client) return ''
  const declared = name === 'redirect_uri' ? client.redirectUris : (client.postLogoutRedirectUris ?? [])
  return ` Reçue : ${query.get(name)}. Déclarées : ${declared.join(', ') || 'aucune'}.`
}

/** Code of a refusal of FranceConnect: of its page, or of the `error_uri` of its JSON. */
function codeOf({ note, responseBody, route }: Exchange): string | undefined {
  if (note.code !== undefined) return note.code
  const { error, error_description, error_uri } = objectIn(responseBody)
  const inUri = /code=(Y[0-9A-F]+)/.exec(String(error_uri ?? ''))?.[1]
  if (inUri !== undefined) return inUri
  if (typeof error === 'string') {
    return engineErrorCode({ name: '', message: '', error, error_description: String(error_description) }, route)
  }
  return />\s*(Y[0-9A-F]{6,7})\s*</.exec(responseBody)?.[1]
}

/** The error that the browser brings back to the service in this answer. */
export function errorSent(exchange: Exchange): { error: string; description: string } | undefined {
  const location = answerHeader(exchange, 'location') ?? ''
  const query = URL.canParse(location) ? new URL(location).searchParams : undefined
  const error = query?.get('error')
  // A cancelled identity provider answers FranceConnect the same way, on the sandbox's own origin.
  if (!query || !error || location.includes('/oidc-callback')) return undefined
  return { error, description: query.get('error_description') ?? '' }
}

function ofFranceConnect(exchange: Exchange, client: SandboxClient | undefined): Explanation {
  const isCheckToken = exchange.route === '/checktoken'
  const code = isCheckToken ? undefined : codeOf(exchange)
  const byStatus = isCheckToken ? checkTokenStatuses[exchange.status] : undefined
  const { why, change } = byStatus ?? ((code !== undefined && explanations[code]) || unknown)
  const { error, error_description } = objectIn(exchange.responseBody)
  const words = exchange.note.hint ?? (error === undefined ? undefined : `${error}, ${error_description}`)
  const detail = addresses(code ?? '', exchange, client) || (words === undefined ? '' : ` Détail : ${words}.`)
  return { why: `${code === undefined ? '' : `${code} : `}${why}${detail}`, change }
}

function ofDataProvider({ status, responseBody }: Exchange): Explanation {
  const known = dataStatuses[status] ?? unknown
  const body = objectIn(responseBody)
  const [first] = Array.isArray(body.errors) ? (body.errors as Record<string, unknown>[]) : [body]
  const words = [first?.code, first?.detail ?? first?.message ?? first?.erreur].filter((said) => said !== undefined)
  return { ...known, why: words.length > 0 ? `${known.why} Il dit : ${words.join(', ')}.` : known.why }
}

/** Why an exchange failed and what to change; undefined when it did not fail. */
export function explain(exchange: Exchange, client: SandboxClient | undefined): Explanation | undefined {
  const { status, to, route, note } = exchange
  if (status === 0) return cut
  const sent = errorSent(exchange)
  if (sent) {
    const { why, change } = redirectErrors[sent.error] ?? unknown
    return { why: `${sent.error} : ${why} Détail : ${sent.description}.`, change }
  }
  if (status === 200 && route === '/checktoken' && note.introspection?.active === false) {
    return {
      why: 'Ce jeton ne vaut rien : inconnu, expiré (60 secondes), révoqué ou déconnecté.',
      change: 'Le fournisseur répond 401 ; le service doit l’appeler tant que le jeton vit.'
    }
  }
  if (status < 400) return undefined
  return to === 'dataProvider' ? ofDataProvider(exchange) : ofFranceConnect(exchange, client)
}
