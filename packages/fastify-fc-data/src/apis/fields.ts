/**
 * The few kinds of JSON Schema that the catalogue is written in. `T` is the type of what it describes and is never there
 * at run time: TypeBox gives the same, for a fifth of a second of every start and a hundred times more work of the compiler.
 */
export interface Schema<T = unknown> {
  readonly '~type'?: T
}

/** What a schema of the catalogue describes. */
export type Described<S> = S extends { readonly '~type'?: infer T } ? T : never

type Schemas = Readonly<Record<string, Schema>>
type All<P> = { [K in keyof P]: Described<P[K]> }
type Some<P> = { [K in keyof P]?: Described<P[K]> }
type Flat<T> = { [K in keyof T]: T[K] }

function schema<T>(members: object): Schema<T> {
  return Object.freeze(members)
}

/** Every property optional: a field whose scope was not granted is absent. */
export function fields<P extends Schemas>(properties: P): Schema<Flat<Some<P>>> {
  return schema({ type: 'object', properties })
}

export const text: Schema<string> = schema({ type: 'string' })
export const integer: Schema<number> = schema({ type: 'integer' })
export const number: Schema<number> = schema({ type: 'number' })
export const boolean: Schema<boolean> = schema({ type: 'boolean' })

/** Money that is documented in whole euros, and kept as it is when it comes with its cents. */
export const amount: Schema<number> = schema({ type: 'integer', 'x-decimals': true })

export function list<T>(items: Schema<T>): Schema<T[]> {
  return schema({ type: 'array', items })
}

export function nullable<T>(one: Schema<T>): Schema<T | null> {
  return schema({ anyOf: [one, { type: 'null' }] })
}

/** A string whose known values are listed: a value added by the provider later on is let through. */
export function known<const V extends string>(...values: V[]): Schema<V | (string & {})> {
  return schema({ type: 'string', examples: values })
}

/** A whole number of a parameter. */
export function whole(rules: { minimum: number; maximum: number; description?: string }): Schema<number> {
  return schema({ type: 'integer', ...rules })
}

/** A text of a parameter that a pattern describes. */
export function written(pattern: string, description: string): Schema<string> {
  return schema({ type: 'string', pattern, description })
}

/** Takes the parameters named, and no other. */
export function parameters<O extends Schemas, R extends Schemas = Record<never, never>>(
  optional: O,
  required: R = {} as R
): Schema<Flat<All<R> & Some<O>>> {
  const names = Object.keys(required)
  const properties = { ...required, ...optional }
  return schema({
    type: 'object',
    ...(names.length ? { required: names } : {}),
    properties,
    additionalProperties: false
  })
}

export const noParameters: Schema<Record<never, never>> = parameters({})
