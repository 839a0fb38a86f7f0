// Builds the documentation site into site/dist, from docs/, the catalogue of fastify-fc-data and the docstrings.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { writeCatalogue } from './catalogue.mjs'
import { writeFinder } from './finder.mjs'
import { writePages } from './pages.mjs'
import { writeReference } from './reference.mjs'

const folder = fileURLToPath(new URL('pages', import.meta.url))
rmSync(folder, { recursive: true, force: true })
writePages(folder)
writeFinder(folder, await writeCatalogue(folder))
writeReference(folder)

const vitepress = fileURLToPath(new URL('node_modules/vitepress/bin/vitepress.js', import.meta.url))
const site = fileURLToPath(new URL('.', import.meta.url))
process.exit(spawnSync(process.execPath, [vitepress, 'build', site], { stdio: 'inherit' }).status ?? 1)
