import { isDeepStrictEqual } from 'node:util'
import type { Kind, SchemaNode } from './node.ts'
import { type Read, unfit } from './walk.ts'

const NUMERIC = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/

/** The number that a text writes, `null` when it writes none that a number can hold. */
function numberIn(value: unknown): number | null {
  if (typeof value !== 'string' || !NUMERIC.test(value.trim())) return null
  const read = Number(value)
  const exact = !Number.isInteger(read) || Number.isSafeInteger(read)
  return Number.isFinite(read) && exact ? read : null
}

/** Texts are never made of numbers: a postal code that came as one has lost its zero. */
function stringReader(node: SchemaNode): Read {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, description } = node
  const rule = pattern === undefined ? null : new RegExp(pattern, 'u')
  const told = description === undefined ? '' : ` (${description})`
  const bounded = minLength > 0 || maxLength < Number.POSITIVE_INFINITY
  return (value, walk) => {
    if (typeof value !== 'string') return unfit(walk, 'must be string')
    const length = bounded ? [...value].length : 0
    if (length < minLength) return unfit(walk, `must not have fewer than ${minLength} characters`)
    if (length > maxLength) return unfit(walk, `must not have more than ${maxLength} characters`)
    if (rule && !rule.test(value)) return unfit(walk, `must match pattern "${pattern}"${told}`)
    return value
  }
}

function numberReader(kind: 'number' | 'integer', node: SchemaNode): Read {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = node
  const whole = kind === 'integer' && node['x-decimals'] !== true
  return (value, walk) => {
    const mended = typeof value === 'string' ? numberIn(value) : value
    // JSON may write a number larger than any that is held, or whose last digits are not
    const fits = typeof mended === 'number' && (whole ? Number.isSafeInteger(mended) : Number.isFinite(mended))
    if (!fits) return unfit(walk, `must be ${kind}`)
    if (mended < minimum) return unfit(walk, `must be >= ${minimum}`)
    if (mended > maximum) return unfit(walk, `must be <= ${maximum}`)
    if (mended !== value) walk.mended++
    return mended
  }
}

export function scalarReader(kind: Exclude<Kind, 'object' | 'array'>, node: SchemaNode): Read {
  if (kind === 'string') return stringReader(node)
  if (kind === 'number' || kind === 'integer') return numberReader(kind, node)
  if (kind === 'null') return (value, walk) => (value === null ? value : unfit(walk, 'must be null'))
  return (value, walk) => (typeof value === 'boolean' ? value : unfit(walk, 'must be boolean'))
}

/** One of the values listed; a number among them may have come as a text. */
export function oneOfReader(values: readonly unknown[]): Read {
  const numbers = values.some((one) => typeof one === 'number')
  return (value, walk) => {
    if (values.some((one) => one === value || isDeepStrictEqual(one, value))) return value
    const read = numbers ? numberIn(value) : null
    if (read === null || !values.includes(read)) return unfit(walk, 'must be one of the values listed')
    walk.mended++
    return read
  }
}
