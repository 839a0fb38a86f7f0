import { randomBytes } from 'node:crypto'
import { createDiscovery } from 'franceconnect-protocol/discovery'
import type { Answer } from '../protocol/answer.ts'
import { createTransport, type Dispatcher, type Transport } from '../protocol/transport.ts'
import type { DataScopes } from './data-scopes.ts'
import { examineDiscovered, refusedDocument } from './discovered.ts'
import { error, type Finding, ok, warning } from './finding.ts'
import type { Target } from './platform.ts'
import { discover, type Metadata } from './reach.ts'
import { askedScopes } from './scopes.ts'
import type { Settings } from './settings.ts'
import { declaredUrls } from './urls.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }

/**
 * Asks FranceConnect itself, as a browser and a server would at a first login: its discovery document and keys, the
 * start of a login (never followed further) and a token request with a code that cannot exist. No citizen's datum.
 */
export async function askFranceConnect(
  settings: Settings,
  target: Target,
  data: DataScopes | null
): Promise<Finding[]> {
  const { issuer } = target
  if (issuer === null) return []
  const dispatcher = settings.franceConnect['dispatcher'] as Dispatcher | undefined
  const transport = createTransport(8000, dispatcher)
  try {
    const discovered = await discover(transport, issuer)
    if ('level' in discovered) return [discovered]
    const { metadata, clock } = discovered
    const discovery = createDiscovery(issuer, transport.http)
    const refused = await refusedDocument(discovery)
    if (refused !== null) return [...clock, refused]
    return [
      ...clock,
      ...(await examineDiscovered({ transport, discovery }, settings, metadata, data)),
      ...(await authorize(transport, metadata, settings, data)),
      ...(await authenticate(transport, metadata, settings))
    ]
  } catch {
    const message = `${issuer} a cessé de répondre pendant l’examen.`
    return [error('issuer-unreachable', { option: 'issuer', message, fix: 'Relancez l’examen dans un moment.' })]
  } finally {
    await transport.close()
  }
}

/** The first redirect of a login says whether the client, the URL and the scopes are registered. */
async function authorize(
  transport: Transport,
  { authorization_endpoint }: Metadata,
  settings: Settings,
  data: DataScopes | null
): Promise<Finding[]> {
  const { clientId, acrValues = 'eidas1' } = settings.franceConnect
  const { redirectUri } = declaredUrls(settings)
  if (typeof authorization_endpoint !== 'string' || typeof clientId !== 'string' || redirectUri === null) return []
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: askedScopes(settings, data).join(' '),
    state: randomBytes(32).toString('hex'),
    nonce: randomBytes(32).toString('hex'),
    acr_values: String(acrValues)
  })
  const answer = await transport.exchange(`${authorization_endpoint}?${query}`, {
    method: 'GET',
    headers: { accept: 'text/html' }
  })
  return [await readAuthorize(answer, redirectUri, askedScopes(settings, data))]
}

async function readAuthorize(answer: Answer, redirectUri: string, asked: readonly string[]): Promise<Finding> {
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
  const back = location.startsWith(redirectUri) ? new URL(location).searchParams : null
  const refused = back?.get('error') ?? null
  if (refused === 'invalid_scope') {
    const named = (back?.get('scope') ?? '').split(' ').filter((scope) => asked.includes(scope))
    const which = named.length > 0 ? `le scope ${named.join(', ')}` : 'au moins un scope'
    const message = `FranceConnect refuse ${which} (invalid_scope) : il n’est pas dans votre habilitation.`
    const fix =
      'Demandez-le dans DataPass, ou ne demandez que les scopes accordés. FranceConnect ne nomme que le premier.'
    return error('scope-not-granted', { option: 'scope', message, fix })
  }
  if (refused === 'invalid_acr') {
    const message = 'FranceConnect refuse ce niveau (invalid_acr) : il n’est pas de cette plateforme.'
    return error('acr-refused', {
      option: 'acrValues',
      message,
      fix: 'eidas1 : FranceConnect ; eidas2 et eidas3 : FranceConnect+.'
    })
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
