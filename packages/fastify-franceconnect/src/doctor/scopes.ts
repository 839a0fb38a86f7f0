import { nearest } from 'franceconnect-protocol/nearest'
import {
  aliases,
  identityScopes,
  impossibleScopes,
  pivotScopes,
  scopesOfFranceConnect,
  scopesOfFranceConnectPlus
} from '../options/known-scopes.ts'
import { error, type Finding, ok, warning } from './finding.ts'
import type { Target } from './platform.ts'
import type { Settings } from './settings.ts'

/** Scopes of an API of the installed fastify-fc-data, by name of API. */
export type ScopesByApi = ReadonlyMap<string, readonly string[]>

const listOf = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(' ').filter(Boolean) : Array.isArray(value) ? value.map(String) : []

/** The scopes that every login will ask: identity, then those of the enabled API. */
export function askedScopes({ franceConnect, fcData }: Settings, catalogue: ScopesByApi): string[] {
  const identity = franceConnect['scope'] === undefined ? ['openid', ...pivotScopes] : listOf(franceConnect['scope'])
  const apis: unknown[] = Array.isArray(fcData?.['apis']) ? fcData['apis'] : []
  const data = apis.flatMap((api) => {
    const entry = (typeof api === 'string' ? { name: api } : (api ?? {})) as Record<string, unknown>
    if (entry['atLogin'] === false) return []
    return entry['scopes'] === undefined ? [...(catalogue.get(String(entry['name'])) ?? [])] : listOf(entry['scopes'])
  })
  return [...new Set([...identity, ...data])]
}

/** Scopes that fail every login, that FranceConnect would drop without a word, or that the data will lack. */
export function examineScopes(settings: Settings, target: Target, catalogue: ScopesByApi): Finding[] {
  const option = 'scope'
  const asked = askedScopes(settings, catalogue)
  const found: Finding[] = []
  if (!asked.includes('openid')) {
    const message = 'Le scope openid manque : FranceConnect refuse la demande.'
    found.push(error('scope-openid', { option, message, fix: 'Ajoutez openid en tête.' }))
  }
  for (const scope of asked) {
    const reason = impossibleScopes[scope]
    if (reason) found.push(error('scope-impossible', { option, message: `${scope} : ${reason}`, fix: 'Retirez-le.' }))
  }
  const known = target.platform === 'franceconnect' ? scopesOfFranceConnect : scopesOfFranceConnectPlus
  for (const scope of asked.filter((name) => !known.has(name) && impossibleScopes[name] === undefined)) {
    found.push(unknownScope(scope, known, target))
  }
  found.push(...examinePivot(settings, asked))
  if (found.length > 0) return found
  const message = `Scopes demandés à chaque connexion : ${asked.join(' ')}. Tous doivent figurer dans l’habilitation FranceConnect.`
  return [ok('scopes', { option, message })]
}

function unknownScope(scope: string, known: ReadonlySet<string>, target: Target): Finding {
  const elsewhere = target.platform === 'franceconnect-plus' && scopesOfFranceConnect.has(scope)
  const close = nearest(scope, known)
  const message = elsewhere
    ? `FranceConnect+ ne connaît pas le scope ${scope}, que FranceConnect connaît : il serait ignoré sans un mot.`
    : `Le scope ${scope} n’est pas dans la liste publiée par FranceConnect : s’il est inconnu, il sera ignoré sans un mot.`
  const fix = close ? `Vouliez-vous écrire ${close} ?` : 'Vérifiez-le dans votre habilitation.'
  return warning('scope-unknown', { option: 'scope', message, fix })
}

/** Data providers recognise the citizen by the whole « identité pivot ». */
function examinePivot({ franceConnect, fcData }: Settings, asked: readonly string[]): Finding[] {
  // an unknown scope is likely a misspelt one: it tells nothing of data
  const known = (scope: string) => scopesOfFranceConnect.has(scope) || scopesOfFranceConnectPlus.has(scope)
  const data = fcData !== undefined || asked.some((scope) => known(scope) && !identityScopes.has(scope))
  const brought = new Set(asked.flatMap((scope) => [scope, ...(aliases[scope] ?? [])]))
  const missing = pivotScopes.filter((scope) => !brought.has(scope))
  if (!data || missing.length === 0 || franceConnect['scope'] === undefined) return []
  return [
    error('scope-pivot', {
      option: 'scope',
      message: `Des données sont demandées sans toute l’identité pivot : il manque ${missing.join(', ')}.`,
      fix: `Ajoutez ${missing.join(' ')} (ou identite_pivot) : le fournisseur ne reconnaît le citoyen que par elle.`
    })
  ]
}
