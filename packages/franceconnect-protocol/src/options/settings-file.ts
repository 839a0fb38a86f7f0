import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What a file exports, or in French why it cannot be read; never a word of its content. */
export type SettingsFile = { exported: Readonly<Record<string, unknown>> } | { why: string }

/** Adds the variables of a `.env` file to those of the process, which win. Answers why it cannot be read, or `null`. */
export function loadEnvironmentFile(path: string): string | null {
  try {
    process.loadEnvFile(path)
    return null
  } catch (cause) {
    return nameOf(cause)
  }
}

/** Reads the default export, or the named exports, of an ES module (TypeScript where Node.js reads it), or a JSON file. */
export async function readSettingsFile(path: string): Promise<SettingsFile> {
  const file = resolve(path)
  if (/\.[cm]?ts$/.test(file) && !('typescript' in process.features && process.features.typescript))
    return { why: `Node.js ${process.versions.node} ne lit pas TypeScript` }
  try {
    const loaded: unknown =
      extname(file) === '.json'
        ? JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''))
        : await import(pathToFileURL(file).href)
    const exported = isObject(loaded) && isObject(loaded['default']) ? loaded['default'] : loaded
    return isObject(exported) ? { exported } : { why: 'le fichier n’exporte pas un objet' }
  } catch (cause) {
    return { why: nameOf(cause) }
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A parser's message may quote the file: its name alone is told. */
const nameOf = (cause: unknown): string =>
  cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.name) : 'erreur inconnue'
