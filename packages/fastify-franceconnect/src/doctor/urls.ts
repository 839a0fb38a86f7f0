import { isLoopback } from 'franceconnect-protocol/platforms'
import { error, type Finding, ok, warning } from './finding.ts'
import type { Target } from './platform.ts'
import type { Settings } from './settings.ts'

/** The two URLs to declare at FranceConnect, byte for byte; `null` when the settings do not give them. */
export interface Declared {
  readonly redirectUri: string | null
  readonly postLogoutRedirectUri: string | null
}

/** Builds them as the plugin does: `baseUrl` without a trailing slash, the prefix, then the route. */
export function declaredUrls({ franceConnect: options }: Settings): Declared {
  const { baseUrl } = options
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) return { redirectUri: null, postLogoutRedirectUri: null }
  const url = new URL(baseUrl)
  const prefix = typeof options['prefix'] === 'string' ? options['prefix'].replace(/\/+$/, '') : ''
  const base = url.origin + url.pathname.replace(/\/+$/, '') + prefix
  const routes = (options['routes'] ?? {}) as Record<string, unknown>
  const { callback = '/franceconnect/callback', logoutCallback = '/franceconnect/logout/callback' } = routes
  return {
    redirectUri: typeof callback === 'string' ? base + callback : null,
    postLogoutRedirectUri: typeof logoutCallback === 'string' ? base + logoutCallback : null
  }
}

/** Can these URLs be declared, and will a browser come back to them? */
export function examineUrls(settings: Settings, target: Target): Finding[] {
  const option = 'baseUrl'
  const { baseUrl } = settings.franceConnect
  if (typeof baseUrl !== 'string' || baseUrl === '') {
    const message = 'baseUrl manque : les deux URL à déclarer ne peuvent pas être construites.'
    return [error('baseUrl-missing', { option, message, fix: 'FC_BASE_URL=https://demarche.votre-commune.fr' })]
  }
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const message = 'baseUrl n’est pas une URL http(s).'
    return [error('baseUrl-malformed', { option, message, fix: 'https://demarche.votre-commune.fr' })]
  }
  if (url.search || url.hash || url.username || url.password) {
    const message =
      'baseUrl contient une requête, un fragment ou des identifiants : une telle URL ne peut pas être déclarée.'
    return [error('baseUrl-undeclarable', { option, message, fix: url.origin + url.pathname })]
  }
  const found = [...examineHost(url, settings, target), ...examineLength(settings)]
  return found.length > 0 ? found : [ok('urls', { message: 'Les deux URL peuvent être déclarées.' })]
}

function examineHost(url: URL, { production }: Settings, target: Target): Finding[] {
  const option = 'baseUrl'
  const local = isLoopback(url.hostname)
  const real = target.environment !== null
  const bare = !url.hostname.includes('.') && !local
  if (production && (local || bare)) {
    const message = `${url.hostname} ne peut pas être déclaré en production : il faut un nom de domaine public.`
    return [error('redirect-host', { option, message })]
  }
  if (production && url.protocol === 'http:') {
    const message =
      'baseUrl est en http en production : FranceConnect le refuse, et les cookies ne seraient pas protégés.'
    return [error('redirect-http', { option, message, fix: `https://${url.host}` })]
  }
  if (target.platform === 'franceconnect-plus' && real && (local || bare)) {
    const message =
      'FranceConnect+ lit vos clés publiques à une adresse de baseUrl : elle doit être joignable d’Internet.'
    return [error('redirect-plus-local', { option, message })]
  }
  if (url.protocol === 'http:' && !local) {
    const message = 'baseUrl est en http : les cookies circuleraient en clair.'
    return [warning('redirect-http', { option, message, fix: `https://${url.host}` })]
  }
  if (real && (local || bare)) {
    const message = `${url.hostname} n’est accepté en intégration que si vous l’avez déclaré tel quel, port compris.`
    return [warning('redirect-local', { option, message })]
  }
  return []
}

function examineLength(settings: Settings): Finding[] {
  const { redirectUri, postLogoutRedirectUri } = declaredUrls(settings)
  const long = [redirectUri, postLogoutRedirectUri].some((url) => url !== null && url.length > 1024)
  const message = 'Une des deux URL dépasse 1 024 caractères, le maximum de l’espace partenaires.'
  const found = long ? [error('redirect-long', { option: 'baseUrl', message })] : []
  if (postLogoutRedirectUri !== null) return found
  const left = 'routes.logoutCallback est à false : FranceConnect exige une URL de retour après déconnexion.'
  return [...found, warning('logout-callback-missing', { option: 'routes.logoutCallback', message: left })]
}
