import { PageError } from './page-error.ts'
import { knownAcrValues, type Platform } from './platform/platform.ts'

const required = ['client_id', 'response_type', 'redirect_uri', 'scope', 'state', 'nonce', 'acr_values']
const optional = ['prompt', 'claims', 'idp_hint', 'ui_locales']
const prompts = ['login', 'consent', 'login consent', 'consent login']

/**
 * Refuses what FranceConnect refuses with its page Y030007, before anything else is looked at: any parameter outside
 * its closed list, a repeated one, a missing one, a short nonce, another prompt (partner documentation, authorize).
 */
export function checkAuthorizeParameters(query: URLSearchParams): void {
  const refuse = (hint: string) => new PageError('Y030007', hint)
  for (const name of new Set(query.keys())) {
    if (![...required, ...optional].includes(name)) throw refuse(`paramètre « ${name} » inconnu de FranceConnect`)
    if (query.getAll(name).length > 1) throw refuse(`paramètre « ${name} » répété`)
  }
  for (const name of required) if (!query.has(name)) throw refuse(`paramètre « ${name} » manquant`)
  if (query.get('client_id') === '') throw refuse('client_id vide')
  if (query.get('nonce')!.length < 22) throw refuse('nonce de moins de 22 caractères')
  if (!URL.canParse(query.get('redirect_uri')!)) throw refuse("redirect_uri n'est pas une URL absolue")
  const prompt = query.get('prompt')
  if (prompt !== null && !prompts.includes(prompt)) throw refuse(`prompt « ${prompt} » refusé`)
}

/** The level that a list of levels means: the lowest one that exists, the platform's own when none does. */
export function acrOf(platform: Platform, acrValues: string): string {
  const asked = acrValues.split(' ')
  return knownAcrValues.find((acr) => asked.includes(acr)) ?? platform.defaultAcr
}

/** The parameters as the engine gets them: FranceConnect always asks it for login and consent. */
export function engineParameters(platform: Platform, query: URLSearchParams): URLSearchParams {
  const passed = new URLSearchParams(query)
  passed.delete('idp_hint')
  passed.set('prompt', 'login consent')
  passed.set('acr_values', acrOf(platform, query.get('acr_values')!))
  return passed
}

/** Whether the ID Token is asked for `amr`. */
export function asksAmr(claims: string | null): boolean {
  if (claims === null) return false
  const asked: unknown = JSON.parse(claims)
  if (typeof asked !== 'object' || asked === null || !('id_token' in asked)) return false
  return typeof asked.id_token === 'object' && asked.id_token !== null && 'amr' in asked.id_token
}
