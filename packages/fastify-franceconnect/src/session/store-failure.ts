/** Told of what a store failed with, of whatever kind; `null` when it gave no answer in time. `key`: what it was asked. */
export type StoreFailed = (reason: unknown, key?: string) => void

interface Said {
  code?: unknown
  name?: unknown
  message?: unknown
  errors?: unknown
}

/**
 * What a store says of its failure, for the log: hosts, commands, codes. Without the key that it was asked, and without
 * anything after a brace, where drivers show rows.
 */
export function sayFailure(reason: unknown, key = ''): string {
  const said = messageOf(reason).replace(/\{.*$/s, '…')
  return (key === '' ? said : said.replaceAll(key, '…')).slice(0, 300)
}

function messageOf(reason: unknown): string {
  if (reason === null) return 'no answer in time'
  if (typeof reason !== 'object') return String(reason)
  const { code, name, message, errors } = reason as Said
  // V8 quotes what it could not parse
  if (name === 'SyntaxError') return 'SyntaxError: what it holds is not JSON'
  const inner = Array.isArray(errors) ? (errors[0] as Said | undefined)?.message : undefined
  return [code ?? name, message || inner].filter(Boolean).join(': ')
}
