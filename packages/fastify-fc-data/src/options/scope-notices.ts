import { nearest } from 'franceconnect-protocol/nearest'
import { type CatalogueApi, defaultScopes } from '../api.ts'
import { entries } from '../apis/entries.ts'

/** Something that the lists of DataPass and FranceConnect say of a scope that a login would ask. */
export interface ScopeNotice {
  api: string
  scope: string
  /**
   * `not-granted`: DataPass does not offer it, and every login fails where the habilitation lacks it; `ignored`:
   * FranceConnect does not know it and drops it without a word; `unknown`: the catalogue does not know it; `none-asked`:
   * the API is listed and none of its scopes is asked.
   */
  kind: 'not-granted' | 'ignored' | 'unknown' | 'none-asked'
  /** Day of the source, `YYYY-MM-DD`. */
  on?: string
  /** The scope that was meant, when one is close. */
  near?: string
  note?: string
}

const catalogued = new Map<string, CatalogueApi>(entries.map((entry) => [entry.name, entry as unknown as CatalogueApi]))

interface Listed {
  name?: unknown
  scopes?: unknown
  atLogin?: unknown
}

function listed(api: unknown): Listed {
  if (typeof api === 'string') return { name: api }
  return typeof api === 'object' && api !== null ? api : {}
}

function scopesOf({ name, scopes }: Listed): readonly string[] {
  if (Array.isArray(scopes)) return scopes.map(String)
  const entry = catalogued.get(String(name))
  return entry && !entry.scopesRequired ? defaultScopes(entry) : []
}

/** The data scopes that every login asks for an `apis` option, each once. Never throws: what is no API asks none. */
export function askedScopes(apis: readonly unknown[]): readonly string[] {
  return [...new Set(apis.map(listed).flatMap((api) => (api.atLogin === false ? [] : scopesOf(api))))]
}

function noticeOf(entry: CatalogueApi, scope: string): ScopeNotice[] {
  const about = { api: entry.name, scope }
  const facts = entry.scopeFacts[scope]
  if (!facts) {
    const near = nearest(scope, Object.keys(entry.scopeFacts))
    return [{ ...about, kind: 'unknown', ...(near === null ? {} : { near }) }]
  }
  const { dataPass, franceConnect, note } = facts
  const said = note === undefined ? {} : { note }
  const notices: ScopeNotice[] = []
  if (dataPass.granted === false) notices.push({ ...about, kind: 'not-granted', on: dataPass.on, ...said })
  if (!franceConnect.known) notices.push({ ...about, kind: 'ignored', on: franceConnect.on, ...said })
  return notices
}

/**
 * What the two lists say of the scopes of an `apis` option, for whoever checks a configuration before its first login.
 * Your own API are in no list. Never throws.
 */
export function scopeNotices(apis: readonly unknown[]): readonly ScopeNotice[] {
  return apis.map(listed).flatMap((api) => {
    const entry = catalogued.get(String(api.name))
    if (!entry) return []
    const scopes = scopesOf(api)
    if (scopes.length > 0 || entry.scopesRequired) return scopes.flatMap((scope) => noticeOf(entry, scope))
    return [{ api: entry.name, scope: entry.scopes.join(' '), kind: 'none-asked' as const }]
  })
}
