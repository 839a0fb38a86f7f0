import { failure } from './errors.ts'

/** Refuses an option in one sentence: its name, what is wrong, what is expected. Never the value of a secret. */
export function refuse(option: string, problem: string, expected: string): never {
  throw failure('FST_FC_INVALID_OPTIONS', `option "${option}" ${problem}; expected ${expected}.`)
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
