import {
  type TInteger,
  type TNull,
  type TNumber,
  type TObject,
  type TOptional,
  type TProperties,
  type TSchema,
  type TString,
  type TUnion,
  type TUnsafe,
  Type
} from 'typebox'
import type { Plain } from './plain.ts'

/** Every property optional: a field whose scope was not granted is absent. */
export type Fields<P extends TProperties> = TObject<{ [K in keyof P]: TOptional<P[K]> }>

export function fields<P extends TProperties>(properties: P): Fields<P> {
  const optional = Object.entries(properties).map(([name, schema]) => [name, Type.Optional(schema)])
  return Type.Object(Object.fromEntries(optional)) as unknown as Fields<P>
}

export const text: TString = Type.String()
export const integer: TInteger = Type.Integer()
export const number: TNumber = Type.Number()

export function nullable<S extends TSchema>(schema: S): TUnion<[S, TNull]> {
  return Type.Union([schema, Type.Null()])
}

/** A string whose known values are listed: a value added by the provider later on is let through. */
export function known<const V extends string>(...values: V[]): TUnsafe<V | (string & {})> {
  return Type.Unsafe<V | (string & {})>({ type: 'string', examples: values })
}

/** Takes the parameters named, and no other. */
export function parameters<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false })
}

export const noParameters: TObject<Record<never, TSchema>> = parameters({})

export type Parameters<S> = Plain<S>
