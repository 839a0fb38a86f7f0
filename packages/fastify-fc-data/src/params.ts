import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { fcDataError } from './errors.ts'

export type Params = Readonly<Record<string, unknown>>

interface SchemaError {
  keyword: string
  instancePath: string
  message: string
}

/** Says what is wrong by the name of the parameter, never by its value. */
function explain(errors: readonly SchemaError[], schema: TSchema): string {
  const { properties = {}, required = [] } = schema as { properties?: object; required?: string[] }
  const known = Object.keys(properties)
  const [error] = errors
  if (!error) return 'they do not match the schema'
  if (error.keyword === 'required') return `required: ${required.join(', ')}`
  const name = error.instancePath.split('/')[1]
  if (name !== undefined && known.includes(name)) return `${name} ${error.message}`
  return known.length ? `known parameters: ${known.join(', ')}` : 'it takes no parameter'
}

/** The checker of an API's parameters, made once. It throws `FST_FC_DATA_INVALID_PARAMS`. */
export function paramsChecker(
  api: string,
  schema: TSchema,
  rule: ((params: never, now: Date) => string | undefined) | undefined,
  canonical: ((params: never) => unknown) | undefined
): (params: unknown) => Params {
  const compiled = Compile(schema)
  const declaredParams = (schema as { properties?: object }).properties ?? {}
  const refuse = (why: string): never => {
    throw fcDataError('FST_FC_DATA_INVALID_PARAMS', `invalid parameters for "${api}": ${why}`, { api })
  }
  return (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) refuse('they must be an object')
    const params: Record<string, unknown> = {}
    for (const name of Object.keys(given as object).sort()) {
      const value = (given as Params)[name]
      if (value === undefined) continue
      if (name === '__proto__') refuse('unknown parameter')
      const scalar = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
      const declared = Object.hasOwn(declaredParams, name)
      if (!scalar) refuse(declared ? `${name} must be a text, a number or a boolean` : 'unknown parameter')
      if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) refuse('a text must be well-formed Unicode')
      params[name] = value
    }
    if (!compiled.Check(params)) refuse(explain(compiled.Errors(params) as SchemaError[], schema))
    const wrong = rule?.(params as never, new Date())
    if (wrong !== undefined) refuse(wrong)
    return canonical ? (canonical(params as never) as Params) : params
  }
}
