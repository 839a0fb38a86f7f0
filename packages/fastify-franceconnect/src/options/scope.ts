/** Whether a value is one scope (RFC 6749 §3.3). */
export function isScope(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(value)
}

/** Scopes separated by spaces, or in an array; `null` for anything else. */
export function scopesOf(value: unknown): readonly string[] | null {
  const scopes: unknown = typeof value === 'string' ? value.split(' ').filter(Boolean) : value
  return Array.isArray(scopes) && scopes.every(isScope) ? scopes : null
}
