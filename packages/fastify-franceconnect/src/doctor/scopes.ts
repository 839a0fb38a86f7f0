import { nearest } from 'franceconnect-protocol/nearest'
import {
  aliases,
  identityScopes,
  impossibleScopes,
  pivotScopes,
  scopesOfFranceConnect,
  scopesOfFranceConnectPlus
} from '../options/known-scopes.ts'
import { apisOf, type DataScopes } from './data-scopes.ts'
import { error, type Finding, ok, warning } from './finding.ts'
import type { Target } from './platform.ts'
import type { Settings } from './settings.ts'

const listOf = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(' ').filter(Boolean) : Array.isArray(value) ? value.map(String) : []

/** The scopes that every login will ask: identity, then those of the enabled API. */
export function askedScopes(settings: Settings, data: DataScopes | null): string[] {
  const { scope } = settings.franceConnect
  const identity = scope === undefined ? ['openid', ...pivotScopes] : listOf(scope)
  return [...new Set([...identity, ...(data?.asked(apisOf(settings)) ?? listed(apisOf(settings)))])]
}

/** The scopes written in an `apis` option, for want of a catalogue. */
function listed(apis: readonly unknown[]): string[] {
  return apis.flatMap((api) => {
    const { scopes, atLogin } = (api ?? {}) as { scopes?: unknown; atLogin?: unknown }
    return atLogin === false ? [] : listOf(scopes)
  })
}

/** Scopes that fail every login, that FranceConnect would drop without a word, or that the data will lack. */
export function examineScopes(settings: Settings, target: Target, data: DataScopes | null): Finding[] {
  const option = 'scope'
  const asked = askedScopes(settings, data)
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
