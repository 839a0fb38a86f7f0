import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export const packages = [
  'franceconnect-protocol',
  'fastify-franceconnect',
  'fastify-fc-data',
  'fastify-fc-provider',
  'franceconnect-sandbox'
] as const

export interface Import {
  /** As written. */
  specifier: string
  /** Path from the root of the repository when the import is relative. */
  file: string | undefined
  /** `import type` and `export type`: erased, so no run-time arrow. */
  typeOnly: boolean
}

export interface Source {
  path: string
  text: string
  lines: number
  imports: Import[]
}

const statement =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

/** A source by its text: what it imports, and how long it is. */
export function sourceOf(path: string, text: string): Source {
  const imports: Import[] = []
  for (const [, type, fixed, dynamic] of text.matchAll(statement)) {
    const specifier = fixed ?? dynamic ?? ''
    const file = specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(path), specifier)).replaceAll('\\', '/')
      : undefined
    imports.push({ specifier, file, typeOnly: type !== undefined })
  }
  return { path, text, lines: text.split('\n').length - 1, imports }
}

/** Every TypeScript file under a folder of the repository, read once, with what it imports. */
export function sources(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !/\/(node_modules|dist)\//.test(path))
    .sort()
    .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')))
}
