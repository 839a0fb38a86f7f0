import { PageError } from '../pages/page-error.ts'
import { knownAcrValues, type Platform } from './platform.ts'

const required = ['client_id', 'response_type', 'redirect_uri', 'scope', 'state', 'nonce', 'acr_values']
const optional = ['prompt', 'claims', 'idp_hint', 'ui_locales']
const prompts = ['login', 'consent']

/** Names that FranceConnect's server drops before it looks at any. */
const dropped = ['__proto__', 'constructor']

/** Whether a text is an address as FranceConnect takes one: the scheme is http, https or ftp, or left out. */
export function isUrl(text: string): boolean {
  if (text.length > 2083 || /[\s<>]/.test(text) || text.startsWith('mailto:')) return false
  const [, scheme, rest = ''] = /^(?:(\w[\w+.-]*):\/\/|\/\/)?(.*)$/.exec(text) ?? []
  return (
    ['http', 'https', 'ftp', undefined].includes(scheme?.toLowerCase()) &&
    /^[^/]/.test(rest) &&
    URL.canParse(`http://${rest}`)
  )
}

/**
 * Refuses what FranceConnect refuses with its page Y030007, before anything else is looked at: any parameter outside
 * its closed list, a repeated one, a missing one, a short nonce, another prompt (partner documentation, authorize).
 */
export function checkAuthorizeParameters(query: URLSearchParams): void {
  const refuse = (hint: string) => new PageError('Y030007', hint)
  for (const name of new Set(query.keys())) {
    if (dropped.includes(name)) continue
    if (![...required, ...optional].includes(name)) throw refuse(`paramètre « ${name} » inconnu de FranceConnect`)
    if (query.getAll(name).length > 1) throw refuse(`paramètre « ${name} » répété`)
  }
  for (const name of required) if (!query.has(name)) throw refuse(`paramètre « ${name} » manquant`)
  if (query.get('client_id') === '') throw refuse('client_id vide')
  if (query.get('nonce')!.length < 22) throw refuse('nonce de moins de 22 caractères')
  if (!isUrl(query.get('redirect_uri')!)) throw refuse("redirect_uri n'est pas une URL absolue")
  const prompt = query.get('prompt')
  if (prompt !== null && !prompt.split(' ').some((word) => prompts.includes(word)))
    throw refuse(`prompt « ${prompt} » refusé`)
}

/** The level that a list of levels means: the lowest one that exists, the platform's own when none does. */
function acrOf(platform: Platform, acrValues: string): string {
  const asked = acrValues.split(' ')
  return knownAcrValues.find((acr) => asked.includes(acr)) ?? platform.defaultAcr
}

const normalised = (address: string): string => (URL.canParse(address) ? new URL(address).href : address)

/** The registered form of an address: FranceConnect compares them once normalised, its engine byte for byte. */
export const asRegistered = (address: string, registered: string[]): string =>
  registered.find((uri) => normalised(uri) === normalised(address)) ?? address

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members that are neither null nor an object mean nothing to FranceConnect's engine; a later one refuses them. */
function readableClaims(claims: string): string {
  const members = (asked: unknown): unknown =>
    isObject(asked)
      ? Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, isObject(value) ? value : null]))
      : asked
  try {
    const parsed: unknown = JSON.parse(claims)
    if (!isObject(parsed)) return claims
    const asked = Object.entries(parsed)
    return JSON.stringify(
      Object.fromEntries(
        asked.map(([name, value]) => [name, /^(id_token|userinfo)$/.test(name) ? members(value) : value])
      )
    )
  } catch {
    return claims
  }
}

/**
 * The parameters as the engine gets them: FranceConnect always asks it for login and consent. Its engine is an older one,
 * which compares addresses once normalised, drops the scopes that it does not know and leaves out what it cannot read.
 */
export function engineParameters(platform: Platform, query: URLSearchParams, redirectUris: string[]): URLSearchParams {
  const passed = new URLSearchParams(query)
  for (const name of ['idp_hint', ...dropped]) passed.delete(name)
  passed.set('redirect_uri', asRegistered(query.get('redirect_uri')!, redirectUris))
  const asked = query.get('scope')!.split(' ')
  passed.set('scope', asked.filter((scope) => scope in platform.scopes || scope in platform.moreScopes).join(' '))
  const claims = query.get('claims')
  if (claims === '') passed.delete('claims')
  else if (claims !== null) passed.set('claims', readableClaims(claims))
  passed.set('prompt', 'login consent')
  passed.set('acr_values', acrOf(platform, query.get('acr_values')!))
  return passed
}

/** Whether the ID Token is asked for `amr`. */
export function asksAmr(claims: string | null): boolean {
  if (!claims) return false
  const asked: unknown = JSON.parse(claims)
  return isObject(asked) && isObject(asked.id_token) && 'amr' in asked.id_token
}
