import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export type Members = Record<string, unknown>

/** An official description: OpenAPI 3 or Swagger 2, in YAML or JSON. */
export interface OpenApi {
  paths: Record<string, Members>
  /** What a value is once its `$ref` is followed. */
  resolve(value: unknown): Members
}

export function members(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {}
}

/** Reads the text of a description; throws a sentence for anything else. */
export function openApiOf(text: string): OpenApi {
  const document = members(parse(text, { maxAliasCount: -1 }))
  if (!('openapi' in document || 'swagger' in document) || !('paths' in document))
    throw new Error('This is no OpenAPI file: it has no "openapi" (or "swagger") and "paths".')
  const resolve = (value: unknown, depth = 0): Members => {
    const found = members(value)
    const { $ref } = found
    if (typeof $ref === 'string' && depth < 20) return resolve(at(document, $ref), depth + 1)
    const parts = Array.isArray(found['allOf']) ? found['allOf'].map((one) => resolve(one, depth + 1)) : []
    return parts.length === 0 ? found : merged([found, ...parts])
  }
  return { paths: members(document['paths']) as Record<string, Members>, resolve }
}

export function openApiAt(path: string): OpenApi {
  return openApiOf(readFileSync(path, 'utf8'))
}

function merged(parts: readonly Members[]): Members {
  const properties = Object.assign({}, ...parts.map((part) => members(part['properties'])))
  return { ...Object.assign({}, ...parts.toReversed()), properties }
}

/** A local JSON pointer (RFC 6901). */
function at(document: Members, pointer: string): unknown {
  if (!pointer.startsWith('#/')) throw new Error(`The file points outside itself: ${pointer}`)
  const names = pointer.slice(2).split('/')
  const written = (name: string) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')
  return names.reduce<unknown>((found, name) => members(found)[written(name)], document)
}
