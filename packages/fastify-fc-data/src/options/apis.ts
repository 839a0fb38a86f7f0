import { didYouMean } from 'franceconnect-protocol/nearest'
import { type CatalogueApi, defaultScopes, type OwnApi } from '../apis/api.ts'
import { entries } from '../apis/entries.ts'
import { inlined } from '../reading/references.ts'
import { address, check, invalid, milliseconds, object, scopes, text } from './check.ts'
import { shownName } from './names.ts'

interface Listed {
  name: string
  scopes: readonly string[]
  timeout: number
  atLogin: boolean
  /** True when it cannot be called without parameters. */
  needsParams: boolean
}

/** An API of the `apis` option. */
export type ListedApi = Listed & ({ entry: CatalogueApi } | { own: OwnApi })

const known = new Map<string, CatalogueApi>(entries.map((entry) => [entry.name, entry as unknown as CatalogueApi]))

function required(schema: unknown): boolean {
  return ((schema as { required?: unknown[] } | undefined)?.required ?? []).length > 0
}

/** The years of the DGFiP exclude each other. Source: rules of DataPass, dgfip.yml (August 2026). */
function checkYears(names: readonly string[], option: string): void {
  const years = names.filter((scope) => scope.startsWith('dgfip_annee_'))
  check(years.length > 0, option, 'must hold at least one dgfip_annee_* scope')
  const alone = 'dgfip_annee_n_moins_2_si_indispo_n_moins_1'
  const others = years.filter((year) => /^dgfip_annee_n_moins_[123]$/.test(year))
  check(!years.includes(alone) || others.length === 0, option, `must not hold ${alone} beside another year`)
}

function scopesOf(entry: CatalogueApi, given: unknown, option: string): readonly string[] {
  if (given === undefined) {
    const why = 'is required: the scopes of the DGFiP cannot all be asked together, list those of your habilitation'
    return entry.scopesRequired ? invalid(option, why) : defaultScopes(entry)
  }
  const names = scopes(given, option)
  check(names.length > 0, option, 'must hold at least one scope of your habilitation')
  if (entry.provider === 'dgfip') checkYears(names, option)
  return names
}

function fromCatalogue(given: unknown, option: string, timeout: number): ListedApi {
  const members =
    typeof given === 'string' ? { name: given } : object(given, option, ['name', 'scopes', 'timeout', 'atLogin'])
  const name = text(members['name'], `${option}.name`)
  const entry = known.get(name)
  if (!entry) {
    const close = didYouMean(name, [...known.keys()])
    return invalid(`${option}.name`, `is not an API of the catalogue (${shownName(name)})${close}`)
  }
  const atLogin = members['atLogin'] ?? true
  check(typeof atLogin === 'boolean', `${option}.atLogin`, 'must be true or false')
  return {
    name,
    entry,
    scopes: scopesOf(entry, members['scopes'], `${option}.scopes`),
    timeout: members['timeout'] === undefined ? timeout : milliseconds(members['timeout'], `${option}.timeout`),
    atLogin: atLogin as boolean,
    needsParams: required(entry.params)
  }
}

function ownApi(given: OwnApi, option: string, timeout: number): ListedApi {
  const listed = object(given, option, ['name', 'url', 'scopes', 'method', 'params', 'data', 'provider'])
  const { params, data } = listed
  const own = { ...listed, params: inlined(params), data: inlined(data) } as OwnApi
  const name = text(own.name, `${option}.name`)
  check(!known.has(name), `${option}.name`, 'is already an API of the catalogue')
  text(own.url, `${option}.url`)
  address(own.url.replace(/\?.*$/s, '').replace(/\{\w+\}/g, 'x'), `${option}.url`)
  check(!own.url.includes('#'), `${option}.url`, 'must not hold a fragment')
  check(!/\?.*[{}]/s.test(own.url), `${option}.url`, 'takes {name} in its path only')
  for (const member of ['params', 'data'] as const) {
    const schema: unknown = own[member]
    const good = schema === undefined || (typeof schema === 'object' && schema !== null && !Array.isArray(schema))
    check(good, `${option}.${member}`, 'must be a TypeBox schema')
  }
  check([undefined, 'GET', 'POST'].includes(own.method), `${option}.method`, `must be 'GET' or 'POST'`)
  const properties = (own.params as { properties?: object } | undefined)?.properties ?? {}
  for (const [, place] of own.url.matchAll(/\{(\w+)\}/g))
    check(Object.hasOwn(properties, place!), `${option}.params`, `must declare "${place}", which the url names`)
  const provider = own.provider
  const good = provider === undefined || (typeof provider?.name === 'string' && typeof provider.headers === 'function')
  check(good, `${option}.provider`, 'must have a name and headers()')
  const body: unknown = provider?.body
  check(body === undefined || typeof body === 'function', `${option}.provider.body`, 'must be a function')
  return {
    name,
    own,
    scopes: scopes(own.scopes, `${option}.scopes`),
    timeout,
    atLogin: true,
    needsParams: required(own.params)
  }
}

/** The API listed, each once. */
export function apisOf(given: unknown, timeout: number): readonly ListedApi[] {
  if (!Array.isArray(given) || given.length === 0)
    return invalid('apis', 'must be an array with the API that this service is entitled to')
  const listed = given.map((api, index) => {
    const isOwn = typeof api === 'object' && api !== null && 'url' in api
    return isOwn ? ownApi(api, `apis[${index}]`, timeout) : fromCatalogue(api, `apis[${index}]`, timeout)
  })
  const names = listed.map((api) => api.name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  check(twice === undefined, 'apis', `lists "${twice}" twice`)
  return listed
}
