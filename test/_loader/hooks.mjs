import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const cache = new URL('../../node_modules/.cache/stripped/', import.meta.url)
await mkdir(cache, { recursive: true })

async function strip(text) {
  const kept = new URL(`${createHash('sha256').update(text).digest('hex')}.mjs`, cache)
  const known = await readFile(kept, 'utf8').catch(() => null)
  if (known !== null) return known
  const { transformSync } = await import('amaro')
  const { code } = transformSync(text, { mode: 'strip-only' })
  const own = new URL(`${kept.href}.${process.pid}`)
  await writeFile(own, code)
  await rename(own, kept)
  return code
}

/** Node 20 strips no types: tests and the sources that they import pass through amaro, line for line, once. */
export async function load(url, context, next) {
  if (!url.startsWith('file:') || !/\.m?ts$/.test(url)) return next(url, context)
  const text = await readFile(fileURLToPath(url), 'utf8')
  return { format: 'module', shortCircuit: true, source: await strip(text) }
}
