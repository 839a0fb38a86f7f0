import type { Citizen } from '../../citizens/citizen.ts'
import type { Dossier } from '../dossiers/dossier.ts'
import type { Field } from '../mask.ts'
import type { ApiError, ErrorCodes, Prefix } from './errors.ts'

/** What a resource is asked. */
export interface Question {
  query: URLSearchParams
  /** The sandbox's date. */
  today: Date
  citizen: Citizen | undefined
  codes: ErrorCodes
}

/** What the provider behind API Particulier knows, before any masking. */
export type Finding = { data: Record<string, unknown>; meta?: Record<string, unknown> } | { error: ApiError }

/** One data set of API Particulier, in the form it has for FranceConnect. */
export interface Resource {
  /** `producer/resource`, the name that faults are switched on by. */
  api: string
  path: string
  /** Prefix of the codes of the provider's failures. */
  prefix: Prefix
  fields: readonly Field[]
  /** Scopes of this resource that open no field of it. */
  idle?: readonly string[]
  /** Seconds that API Particulier keeps a citizen's answer; the key holds the path and the identity, no parameter. */
  cached?: number
  /** Checks the parameters of this resource, `recipient` apart. */
  refuse?(question: Question): ApiError | undefined
  find(dossier: Dossier | undefined, question: Question): Finding
}

/** Every scope that a resource reads in a token. */
export function scopesOf({ fields, idle = [] }: Resource): string[] {
  return [...new Set([...fields.flatMap(([, ...needed]) => needed), ...idle])]
}

/** Scopes of a resource, without those named `identite` which API Particulier strips from a FranceConnect token. */
export function usableScopes(resource: Resource): string[] {
  return scopesOf(resource).filter((scope) => !scope.includes('identite'))
}
