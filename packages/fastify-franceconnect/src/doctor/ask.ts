import { randomBytes } from 'node:crypto'
import type { Answer } from '../protocol/answer.ts'
import { createTransport, type Dispatcher, type Transport } from '../protocol/transport.ts'
import { error, type Finding, ok, warning } from './finding.ts'
import type { Target } from './platform.ts'
import { askedScopes, type ScopesByApi } from './scopes.ts'
import type { Settings } from './settings.ts'
import { declaredUrls } from './urls.ts'

interface Metadata {
  issuer?: unknown
  authorization_endpoint?: unknown
  token_endpoint?: unknown
  scopes_supported?: unknown
}

const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }

/**
 * Asks FranceConnect itself, as a browser and a server would at a first login: its discovery document, the start of a
 * login (never followed further) and a token request with a code that cannot exist. Three requests, no citizen's datum.
 */
export async function askFranceConnect(settings: Settings, target: Target, catalogue: ScopesByApi): Promise<Finding[]> {
  const { issuer } = target
  if (issuer === null) return []
  const dispatcher = settings.franceConnect['dispatcher'] as Dispatcher | undefined
  const transport = createTransport(5000, dispatcher)
  try {
    const discovered = await discover(transport, issuer)
    if ('level' in discovered) return [discovered]
    const { metadata, clock } = discovered
    return [
      ...clock,
      ...servedScopes(settings, metadata, catalogue),
      ...(await authorize(transport, metadata, settings, catalogue)),
      ...(await authenticate(transport, metadata, settings))
    ]
  } catch {
    const message = `${issuer} a cessé de répondre pendant l’examen.`
    return [error('issuer-unreachable', { option: 'issuer', message, fix: 'Relancez l’examen dans un moment.' })]
  } finally {
    await transport.close()
  }
}

async function discover(
  transport: Transport,
  issuer: string
): Promise<{ metadata: Metadata; clock: Finding[] } | Finding> {
  const option = 'issuer'
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const answer = await transport
    .exchange(url, { method: 'GET', headers: { accept: 'application/json' } })
    .catch(() => null)
  const metadata = answer?.status === 200 ? ((await answer.json().catch(() => null)) as Metadata | null) : null
  if (answer === null || metadata === null) {
    const why = answer === null ? 'ne répond pas' : `répond ${answer.status} sans document de découverte`
    const fix =
      'Vérifiez l’adresse, le proxy de sortie (option dispatcher) et le pare-feu ; le bac à sable est-il lancé ?'
    return error('issuer-unreachable', { option, message: `${url} ${why}.`, fix })
  }
  if (metadata.issuer !== issuer) {
    const message = 'Cette adresse s’annonce sous un autre nom que issuer : chaque connexion serait refusée.'
    return error('issuer-mismatch', { option, message, fix: `issuer: '${String(metadata.issuer).slice(0, 200)}'` })
  }
  return { metadata, clock: examineClock(answer) }
}

/** FranceConnect's tokens live sixty seconds: a clock that is wrong refuses them all. */
function examineClock(answer: Answer): Finding[] {
  const theirs = Date.parse(answer.headers.get('date') ?? '')
  const apart = Math.round(Math.abs(Date.now() - theirs) / 1000)
  const seen = ok('issuer', { message: 'FranceConnect répond et s’annonce sous le bon nom.' })
  if (Number.isNaN(theirs) || apart <= 10) return [seen]
  const message = `L’horloge de cette machine est à ${apart} s de celle de FranceConnect : les jetons seraient refusés.`
  return [seen, error('clock', { message, fix: 'Activez la synchronisation de l’heure (NTP).' })]
}

function servedScopes(settings: Settings, { scopes_supported: served }: Metadata, catalogue: ScopesByApi): Finding[] {
  if (!Array.isArray(served)) return []
  const absent = askedScopes(settings, catalogue).filter((scope) => !served.includes(scope))
  if (absent.length === 0) return []
  const message = `FranceConnect ne connaît pas aujourd’hui : ${absent.join(', ')}. Il ignorera ces scopes sans un mot.`
  return [warning('scope-not-served', { option: 'scope', message, fix: 'Corrigez-les, ou retirez-les.' })]
}

/** The first redirect of a login says whether the client, the URL and the scopes are registered. */
async function authorize(
  transport: Transport,
  { authorization_endpoint }: Metadata,
  settings: Settings,
  catalogue: ScopesByApi
): Promise<Finding[]> {
  const { clientId, acrValues = 'eidas1' } = settings.franceConnect
  const { redirectUri } = declaredUrls(settings)
  if (typeof authorization_endpoint !== 'string' || typeof clientId !== 'string' || redirectUri === null) return []
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: askedScopes(settings, catalogue).join(' '),
    state: randomBytes(32).toString('hex'),
    nonce: randomBytes(32).toString('hex'),
    acr_values: String(acrValues)
  })
  const answer = await transport.exchange(`${authorization_endpoint}?${query}`, {
    method: 'GET',
    headers: { accept: 'text/html' }
  })
  return [await readAuthorize(answer, redirectUri)]
}

async function readAuthorize(answer: Answer, redirectUri: string): Promise<Finding> {
  const code = /\bY[0-9A-F]{6,7}\b/.exec(answer.status >= 400 ? await answer.text() : '')?.[0]
  if (code === 'Y04EA6EF') {
    const message = 'FranceConnect ne connaît pas ce clientId (Y04EA6EF) : autre environnement, ou faute de copie.'
    return error('client-unknown', { option: 'clientId', message })
  }
  if (code === 'Y04C013C') {
    const message = 'FranceConnect connaît ce clientId, mais pas l’URL de retour (Y04C013C).'
    return error('redirect-undeclared', { option: 'baseUrl', message, fix: `Déclarez à l’octet près : ${redirectUri}` })
  }
  const location = answer.headers.get('location') ?? ''
  const refused = location.startsWith(redirectUri) ? new URL(location).searchParams.get('error') : null
  if (refused === 'invalid_scope') {
    const message = 'FranceConnect refuse au moins un scope (invalid_scope) : il n’est pas dans votre habilitation.'
    return error('scope-not-granted', { option: 'scope', message, fix: 'Ne demandez que les scopes accordés.' })
  }
  if (answer.status >= 400 || refused !== null) {
    const what = refused ?? code ?? `statut ${answer.status}`
    return error('authorize-refused', {
      message: `FranceConnect refuse le début d’une connexion (${what.slice(0, 60)}).`
    })
  }
  return ok('authorize', {
    message: 'FranceConnect accepte le début d’une connexion : client, URL de retour et scopes.'
  })
}

/** A code that cannot exist: `invalid_grant` says that the credentials are right, `invalid_client` that they are not. */
async function authenticate(
  transport: Transport,
  { token_endpoint }: Metadata,
  settings: Settings
): Promise<Finding[]> {
  const { clientId, clientSecret } = settings.franceConnect
  const { redirectUri } = declaredUrls(settings)
  const given = typeof clientId === 'string' && typeof clientSecret === 'string' && redirectUri !== null
  if (typeof token_endpoint !== 'string' || !given) return []
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: randomBytes(32).toString('base64url'),
    redirect_uri: redirectUri,
    client_id: clientId,
    client_secret: clientSecret
  })
  const answer = await transport.exchange(token_endpoint, { method: 'POST', headers: form, body: body.toString() })
  const told = ((await answer.json().catch(() => null)) as { error?: unknown } | null)?.error
  if (told === 'invalid_grant') return [ok('token', { message: 'FranceConnect accepte clientId et clientSecret.' })]
  if (told === 'invalid_client') {
    const message =
      'FranceConnect refuse clientId et clientSecret (invalid_client) : autre environnement, ou faute de copie.'
    return [error('credentials-refused', { option: 'clientSecret', message })]
  }
  return [warning('token', { message: `FranceConnect répond ${answer.status} là où les identifiants se vérifient.` })]
}
