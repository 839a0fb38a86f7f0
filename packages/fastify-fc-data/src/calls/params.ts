import { nearest } from 'franceconnect-protocol/nearest'
import { fcDataError } from '../errors.ts'
import { type ReaderOptions, readerOf } from '../reading/reader.ts'
import { UNFIT } from '../reading/walk.ts'

export type Params = Readonly<Record<string, unknown>>

/** A name that code may have written; another one may be somebody's datum, and is not repeated. */
const NAME = /^[A-Za-z][\w-]{0,31}$/

/** Names the parameter that is not known, where it may be named. */
function unknownParam(name: string, known: readonly string[]): string {
  const named = NAME.test(name) ? `"${name}" is unknown` : 'unknown parameter'
  if (known.length === 0) return `${named}: it takes no parameter`
  const close = NAME.test(name) ? nearest(name, known) : null
  return `${named}${close ? `, did you mean "${close}"?` : ''}; known parameters: ${known.join(', ')}`
}

/** What holds its parameters elsewhere than in its members would be taken as holding none: a promise, URLSearchParams, a Map. */
function isObject(given: unknown): given is Params {
  if (typeof given !== 'object' || given === null || Symbol.iterator in given) return false
  return !('then' in given && typeof given.then === 'function')
}

/** The names given, in one order: a call has one key, however its parameters were written. */
function namesOf(given: Params): string[] {
  const names = Object.keys(given)
  return names.length > 1 ? names.sort() : names
}

export interface ParamsOptions extends ReaderOptions {
  rule?: ((params: never, now: Date) => string | undefined) | undefined
  canonical?: ((params: never) => unknown) | undefined
}

/**
 * The checker of an API's parameters, made once. Texts that write a number are taken where a number is wanted: a query
 * string has nothing else. It throws `FST_FC_DATA_INVALID_PARAMS`, which says what is wrong by the name of the parameter,
 * never by its value.
 */
export function paramsChecker(api: string, schema: object, options: ParamsOptions): (params: unknown) => Params {
  const { rule, canonical } = options
  const read = readerOf(schema, options)
  const { properties = {}, additionalProperties } = schema as { properties?: object; additionalProperties?: unknown }
  const known = Object.keys(properties)
  const refuse = (why: string): never => {
    throw fcDataError('FST_FC_DATA_INVALID_PARAMS', `invalid parameters for "${api}": ${why}`, { api })
  }
  return (given) => {
    if (!isObject(given)) return refuse('they must be an object, whose members are the parameters')
    const params: Record<string, unknown> = {}
    for (const name of namesOf(given)) {
      const value = given[name]
      if (value === undefined) continue
      const declared = known.includes(name)
      if (name === '__proto__' || (!declared && additionalProperties === false)) refuse(unknownParam(name, known))
      const scalar = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
      if (!scalar) refuse(declared ? `${name} must be a text, a number or a boolean` : 'unknown parameter')
      if (typeof value === 'string' && /\p{Surrogate}/u.test(value))
        refuse(`${declared ? name : 'a text'} must be well-formed Unicode`)
      params[name] = value
    }
    const { value, leftOut, wrong } = read(params)
    if (value === UNFIT || leftOut.length > 0) refuse(wrong ?? 'they do not match the schema')
    const broken = rule?.(params as never, new Date())
    if (broken !== undefined) refuse(broken)
    return canonical ? (canonical(params as never) as Params) : params
  }
}
