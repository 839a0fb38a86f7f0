import { createHash } from 'node:crypto'
import type { FastifyInstance, RegisterOptions } from 'fastify'
import { platformOf } from 'franceconnect-protocol/acr'
import { nearest } from 'franceconnect-protocol/nearest'
import {
  callable,
  dispatches,
  flag,
  OptionProblem,
  refuse,
  secrets,
  text,
  whole
} from 'franceconnect-protocol/option-values'
import { failure } from '../errors.ts'
import type { FranceConnectOptions, RouteOptions, Settings } from './options.ts'
import { checkAcrValues, checkAlgorithm, checkDecryptionKeys, checkIssuer, checkScope } from './provider.ts'
import { ownRoutes, safeReturnTo } from './return-to.ts'
import { checkSession } from './session.ts'

const names = new Set([
  ...['environment', 'issuer', 'clientId', 'clientSecret', 'baseUrl', 'secret', 'scope', 'acrValues'],
  ...['idTokenSignedResponseAlg', 'decryptionKeys', 'routes', 'defaultReturnTo', 'postLogoutReturnTo', 'session'],
  ...['sessionMaxAge', 'idleTimeout', 'onLogin', 'onLogout', 'onError', 'timeout', 'clockTolerance', 'dispatcher'],
  ...['onAudit', 'pkce', 'serviceName', 'buttonLogo']
])
/** Fastify's own: any registration takes them. */
const registration = ['prefix', 'logLevel', 'logSerializers'] as const

const routeDefaults = {
  login: '/franceconnect/login',
  callback: '/franceconnect/callback',
  logout: '/franceconnect/logout',
  logoutCallback: '/franceconnect/logout/callback',
  jwks: '/franceconnect/jwks'
} satisfies Record<keyof RouteOptions, string>

/** Refuses a second registration in one context. Throws `FST_FC_INVALID_OPTIONS`. */
export function checkContext(app: FastifyInstance): void {
  if (!app.hasDecorator('franceConnect')) return
  throw failure(
    'FST_FC_INVALID_OPTIONS',
    'the plugin is registered twice in one context; FranceConnect and FranceConnect+ together are two registrations in two encapsulated contexts, each with its own "routes".'
  )
}

/**
 * Checks the options and completes them; `context` is the prefix of the context. Throws `FST_FC_INVALID_OPTIONS` on the
 * first mistake.
 */
export function checkOptions(options: FranceConnectOptions & RegisterOptions, context: string): Settings {
  try {
    return completed(options, context)
  } catch (error) {
    throw error instanceof OptionProblem ? failure('FST_FC_INVALID_OPTIONS', error.message) : error
  }
}

function completed(options: FranceConnectOptions & RegisterOptions, context: string): Settings {
  if (typeof options !== 'object' || options === null) refuse('options', 'are missing', 'an object')
  for (const name of Object.keys(options)) {
    if (names.has(name) || registration.some((own) => own === name)) continue
    const meant = nearest(name, names)
    refuse(name, 'is unknown', meant ? `"${meant}"` : `one of ${[...names].join(', ')}`)
  }
  const prefix = context + checkPrefix(options.prefix)
  const acrValues = checkAcrValues(options.acrValues)
  const baseUrl = checkBaseUrl(options.baseUrl, options.environment)
  const routes = checkRoutes(options.routes)
  const paths = Object.values(routes).flatMap((path) => (path === false ? [] : [prefix + path]))
  const isOwnRoute = ownRoutes(paths)
  return {
    environment: options.environment ?? null,
    platform: platformOf(acrValues),
    issuer: checkIssuer(options, acrValues),
    clientId: text(options.clientId, 'clientId', 'the client id that FranceConnect gave'),
    clientSecret: text(options.clientSecret, 'clientSecret', 'the client secret that FranceConnect gave'),
    baseUrl,
    secrets: secrets(options.secret, 'secret'),
    scope: checkScope(options.scope),
    acrValues,
    idTokenSignedResponseAlg: checkAlgorithm(options, acrValues),
    decryptionKeys: checkDecryptionKeys(options, acrValues),
    routes,
    prefix,
    defaultReturnTo: landing(options.defaultReturnTo, 'defaultReturnTo', isOwnRoute),
    postLogoutReturnTo: landing(options.postLogoutReturnTo, 'postLogoutReturnTo', isOwnRoute),
    session: checkSession(options.session, { baseUrl, paths }),
    sessionMaxAge: whole(options.sessionMaxAge, 'sessionMaxAge', 4 * 3600, 1, 31_536_000, 'seconds'),
    idleTimeout:
      options.idleTimeout === undefined ? null : whole(options.idleTimeout, 'idleTimeout', 0, 1, 31_536_000, 'seconds'),
    onLogin: callable(options.onLogin, 'onLogin'),
    onLogout: callable(options.onLogout, 'onLogout'),
    onError: callable(options.onError, 'onError'),
    onAudit: callable(options.onAudit, 'onAudit'),
    timeout: whole(options.timeout, 'timeout', 8000, 1, 60_000, 'milliseconds'),
    clockTolerance: whole(options.clockTolerance, 'clockTolerance', 10, 0, 300, 'seconds'),
    dispatcher: dispatches(options.dispatcher, 'dispatcher'),
    pkce: flag(options.pkce, 'pkce'),
    serviceName: checkServiceName(options.serviceName),
    buttonLogo: checkButtonLogo(options.buttonLogo),
    register: Object.fromEntries(
      registration.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]))
    ),
    secure: baseUrl.startsWith('https:'),
    mark: createHash('sha256')
      // cookies ignore the port: two services on one machine would share their names
      .update(`${baseUrl}\0${prefix}${routes.callback}`)
      .digest('hex')
      .slice(0, 8)
  }
}

function checkBaseUrl(value: unknown, environment: unknown): string {
  const expected = "the public URL of the service, such as 'https://demarche.example.fr'"
  const given = text(value, 'baseUrl', expected)
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password) {
    return refuse('baseUrl', 'is not an http(s) URL without query', expected)
  }
  if (environment === 'production' && url.protocol !== 'https:') {
    return refuse('baseUrl', 'is not https, which FranceConnect demands in production', expected)
  }
  return url.origin + url.pathname.replace(/\/+$/, '')
}

/** Without dots that browsers take away from a URL. */
const plainPath = /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)+$/

function checkPrefix(value: unknown): string {
  if (value === undefined || value === '' || value === '/') return ''
  if (typeof value === 'string' && plainPath.test(value)) return value
  return refuse('prefix', 'is not a path', "a path such as '/demarche', or nothing")
}

function checkServiceName(value: unknown): string | null {
  if (value === undefined) return null
  const good = typeof value === 'string' && value.trim() !== '' && value.length <= 100
  return good ? value : refuse('serviceName', 'is not a short text', 'the name of the service, 100 characters at most')
}

function checkButtonLogo(value: unknown): string | null {
  if (value === undefined) return null
  const url = typeof value === 'string' && URL.canParse(value, 'https://this.invalid') ? value : ''
  if (/^(https?:\/\/[^/]|\/(?!\/))/.test(url) && !/[\s"'()\\<>]/.test(url)) return url
  return refuse('buttonLogo', 'is not the address of an image', "a URL, or a path such as '/images/franceconnect.svg'")
}

function checkRoutes(value: unknown): Settings['routes'] {
  if (value !== undefined && (typeof value !== 'object' || value === null))
    refuse('routes', 'is not an object', 'paths by name')
  const given = (value ?? {}) as Record<string, unknown>
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(routeDefaults, name)) continue
    const meant = nearest(name, Object.keys(routeDefaults))
    refuse(`routes.${name}`, 'is unknown', meant ? `"${meant}"` : Object.keys(routeDefaults).join(', '))
  }
  const routes: Record<string, string | false> = {}
  for (const [name, otherwise] of Object.entries(routeDefaults)) {
    const path = given[name] ?? otherwise
    const valid = typeof path === 'string' && plainPath.test(path)
    if (!valid && (path !== false || name === 'callback')) {
      refuse(
        `routes.${name}`,
        'is not a path',
        `a path such as '${otherwise}'${name === 'callback' ? '' : ', or false to leave it out'}`
      )
    }
    routes[name] = path as string | false
  }
  const paths = Object.values(routes).filter((path) => path !== false)
  if (new Set(paths).size !== paths.length) refuse('routes', 'gives one path to two routes', 'a path for each')
  return routes as Settings['routes']
}

function landing(value: unknown, option: string, isOwnRoute: (path: string) => boolean): string {
  const target = safeReturnTo(value ?? '/', isOwnRoute)
  return (
    target ?? refuse(option, 'is not a path of this origin', "a path such as '/', none of this plugin's own routes")
  )
}
