import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'amaro'

/** Node 20 strips no types: tests and the sources that they import pass through amaro, line for line. */
export async function load(url, context, next) {
  if (!url.startsWith('file:') || !/\.m?ts$/.test(url)) return next(url, context)
  const source = await readFile(fileURLToPath(url), 'utf8')
  return { format: 'module', shortCircuit: true, source: transformSync(source, { mode: 'strip-only' }).code }
}
