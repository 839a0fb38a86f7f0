import { isScope } from 'franceconnect-protocol/option-values'

/** Scopes separated by spaces, or in an array; `null` for anything else. */
export function scopesOf(value: unknown): readonly string[] | null {
  const scopes: unknown = typeof value === 'string' ? value.split(' ').filter(Boolean) : value
  return Array.isArray(scopes) && scopes.every(isScope) ? scopes : null
}
