import { OptionProblem } from '../errors.ts'
import { type Dispatcher, dispatcherFlaw } from '../http/dispatcher.ts'
import { isLoopback } from '../platforms.ts'

export { OptionProblem } from '../errors.ts'

/** Refuses an option in one sentence: its name, what is wrong, what is expected. Never the value of a secret. */
export function refuse(option: string, problem: string, expected: string): never {
  throw new OptionProblem(option, problem, expected)
}

/** Refuses what is not an object of known members. `within` is the option that holds it, when it is not the options. */
export function known(value: unknown, names: readonly string[], within?: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(within ?? 'options', 'is not an object', `an object with ${names.join(', ')}`)
  }
  for (const name of Object.keys(value as object)) {
    if (!names.includes(name)) refuse(within ? `${within}.${name}` : name, 'is unknown', `one of ${names.join(', ')}`)
  }
  return value as Record<string, unknown>
}

export function text(value: unknown, option: string, expected: string): string {
  if (value === undefined) refuse(option, 'is missing (undefined: is the environment variable set?)', expected)
  if (typeof value !== 'string' || value.trim() === '') refuse(option, 'is not a non-empty string', expected)
  return value
}

export function whole(
  value: unknown,
  option: string,
  otherwise: number,
  least: number,
  most: number,
  unit: string
): number {
  if (value === undefined) return otherwise
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  return refuse(option, 'is out of range or not a whole number', `${unit}, from ${least} to ${most}`)
}

export function flag(value: unknown, option: string): boolean {
  if (value !== undefined && typeof value !== 'boolean') refuse(option, 'is not a boolean', 'true or false')
  return value ?? false
}

export function callable<F>(value: F, option: string): F {
  if (value !== undefined && typeof value !== 'function') refuse(option, 'is not a function', 'a function')
  return value
}

/** An undici dispatcher that takes our handlers, or `undefined`. */
export function dispatches<D>(value: D, option: string): D {
  if (value === undefined) return value
  const good = typeof (value as { dispatch?: unknown } | null)?.dispatch === 'function'
  const flaw = good ? dispatcherFlaw(value as Dispatcher) : 'is not an undici Dispatcher'
  return flaw === undefined ? value : refuse(option, flaw, 'an Agent, a ProxyAgent or another Dispatcher of undici 7')
}

/** One of a closed list. */
export function oneOf<T extends string>(value: unknown, option: string, otherwise: T, list: readonly T[]): T {
  if (value === undefined) return otherwise
  const found = list.find((name) => name === value)
  return found ?? refuse(option, 'is not one that FranceConnect registers', list.map((name) => `'${name}'`).join(', '))
}

/** Secrets of 32 characters or more, the first of which seals. */
export function secrets(value: unknown, option: string): readonly string[] {
  const expected = 'at least 32 random characters, or an array of such strings (the first one signs)'
  if (value === undefined) refuse(option, 'is missing (undefined: is the environment variable set?)', expected)
  const list: unknown[] = Array.isArray(value) ? value : [value]
  if (list.length === 0) refuse(option, 'is an empty array', expected)
  if (!list.every((one) => typeof one === 'string' && one.length >= 32)) {
    refuse(option, 'is too short or not a string', expected)
  }
  return list as string[]
}

/** Whether a text is a scope, as RFC 6749 §3.3 spells them. */
export function isScope(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(value)
}

/** An address as given: https, or http on a loopback host; without user, query or fragment. */
export function address(value: unknown, option: string, expected: string): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null
  if (url === null || url.search + url.hash + url.username + url.password !== '') {
    return refuse(option, 'is not a URL without user, query or fragment', expected)
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return refuse(option, 'is not https', 'https (http only on a loopback host such as localhost)')
  }
  return value as string
}

/** A path of routes, such as `/franceconnect/jwks`. */
export function path(value: unknown, option: string, otherwise: string): string {
  if (value === undefined) return otherwise
  const good = typeof value === 'string' && /^\/[\w.~/-]*$/.test(value) && !value.startsWith('//')
  return good ? value : refuse(option, 'is not a path', `a path such as '${otherwise}'`)
}
