import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pnpm, root } from '../../publishing/packed.ts'
import { blocksOf } from './guide.ts'
import { personsShell } from './terminal.ts'

const recipes = join(root, 'test/recipes')
const lockfile = join(recipes, 'pnpm-lock.yaml')
const installed = join(recipes, 'node_modules/.pnpm-lock.yaml')

/** Shelves from which the walks take packages: what the recipes ask for, then what the workspace has. */
export const shelves = [join(recipes, 'node_modules'), join(root, 'node_modules')]

const same = () => existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lockfile, 'utf8')

/** How long a slow registry is waited for, in milliseconds: a whole download takes ten seconds where it is quick. */
const patience = 240_000

/**
 * Installs what the recipes ask for, at the versions of the lockfile beside them, unless it is there: half of all the
 * packages of this repository serve the recipes alone, and nobody else waits for them.
 */
export async function stock(): Promise<void> {
  if (same()) return
  const options = ['--ignore-workspace', '--frozen-lockfile', '--ignore-scripts', '--prefer-offline']
  const install = [...pnpm(), 'install', ...options].join(' ')
  await promisify(execFile)('env', [...personsShell(), install], { cwd: recipes, timeout: patience })
  await copyFile(lockfile, installed)
}

/** Packages that a document has installed and that are on no shelf. */
export const missing = (document: string): string[] =>
  blocksOf(document)
    .flatMap(({ code }) => code.match(/^npm install .*$/gm) ?? [])
    .flatMap((line) => line.split(' ').slice(2))
    .filter((word) => !word.startsWith('-'))
    .map((word) => word.replace(/(?<=.)@.*$/, ''))
    .filter((name) => !/^(fastify-fc-|franceconnect-|fastify-franceconnect)/.test(name))
    .filter((name) => !shelves.some((shelf) => existsSync(join(shelf, name))))
