import { nearest } from 'franceconnect-protocol/nearest'
import { isScope } from 'franceconnect-protocol/option-values'
import { isLoopback } from 'franceconnect-protocol/platforms'
import { fcDataError } from '../errors.ts'

/** Fails the boot in one sentence that names the option, never repeating a value that may be secret. */
export function invalid(option: string, expected: string): never {
  throw fcDataError('FST_FC_DATA_INVALID_OPTIONS', `fastify-fc-data: the option "${option}" ${expected}`)
}

export function check(good: unknown, option: string, expected: string): void {
  if (!good) invalid(option, expected)
}

/** The members of an object, none but the names given. */
export function object(value: unknown, option: string, names: readonly string[]): Record<string, unknown> {
  check(typeof value === 'object' && value !== null && !Array.isArray(value), option, 'must be an object')
  for (const name of Object.keys(value as object)) {
    if (names.includes(name)) continue
    const meant = nearest(name, names)
    const close = meant === null ? '' : `; did you mean "${meant}"?`
    invalid(`${option === 'options' ? '' : `${option}.`}${name}`, `is unknown; known: ${names.join(', ')}${close}`)
  }
  return value as Record<string, unknown>
}

/** What is added for a value that is not there at all. */
export const unset = (value: unknown): string =>
  value === undefined ? ', and is missing: is its environment variable set?' : ''

export function text(value: unknown, option: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  return invalid(option, `must be a non-empty text${unset(value)}`)
}

/** An address without a trailing slash, `https:` or, on a loopback host, `http:`. */
export function address(value: unknown, option: string): string {
  const expected = 'must be an https URL (http on a loopback host), without user, query or fragment'
  const given = text(value, option)
  if (!URL.canParse(given)) return invalid(option, expected)
  const url = new URL(given)
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  check(safe && !url.username && !url.password && !url.search && !url.hash, option, expected)
  return url.href.replace(/\/+$/, '')
}

/** Milliseconds that any exchange may be given. */
export const LONGEST_TIMEOUT = 120_000

export function milliseconds(value: unknown, option: string): number {
  const good = Number.isInteger(value) && (value as number) > 0 && (value as number) <= LONGEST_TIMEOUT
  return good ? (value as number) : invalid(option, 'must be a whole number of milliseconds from 1 to 120000')
}

/** Scopes as RFC 6749 §3.3 spells them. */
export function scopes(value: unknown, option: string): readonly string[] {
  const good = Array.isArray(value) && value.every(isScope)
  return good ? [...new Set<string>(value)] : invalid(option, 'must be an array of scopes')
}
