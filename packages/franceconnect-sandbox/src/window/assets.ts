import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { style } from './style.ts'

/** A file of the page. */
export interface Asset {
  type: string
  text: string
}

const javascript = 'text/javascript; charset=utf-8'

/** Files of lit-html that the page loads, under its folder. */
const litFiles = ['lit-html.js', 'directive.js', 'directive-helpers.js', 'directives/repeat.js']

const litRoot = () => {
  // Node.js resolves to the build for servers, one folder below the one for browsers.
  const found = createRequire(import.meta.url).resolve('lit-html')
  return found.includes(join('lit-html', 'node')) ? dirname(dirname(found)) : dirname(found)
}

/** The page's own modules, compiled: beside this file's folder in `dist`, whether it runs from there or from `src`. */
const pageFile = (name: string) => fileURLToPath(new URL(`../../dist/window/page/${name}`, import.meta.url))

/**
 * A file of the page by its name under `/window/`, undefined when there is none.
 *
 * @throws Error when the files are not beside this module: in a bundle.
 */
export async function assetNamed(name: string): Promise<Asset | undefined> {
  if (name === 'style.css') return { type: 'text/css; charset=utf-8', text: style }
  const lit = /^lit-html\/(.+)$/.exec(name)?.[1]
  if (lit !== undefined) {
    if (!litFiles.includes(lit)) return undefined
    return { type: javascript, text: await readFile(join(litRoot(), lit), 'utf8') }
  }
  const own = /^page\/([a-z-]+\.js)$/.exec(name)?.[1]
  return own === undefined ? undefined : { type: javascript, text: await readFile(pageFile(own), 'utf8') }
}

/** Whether the page's files are there; a bundle leaves them behind. */
export const hasPage = (): Promise<boolean> =>
  assetNamed('page/main.js').then(
    () => true,
    () => false
  )
