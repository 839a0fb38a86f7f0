import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const exec = promisify(execFile)
export const root = fileURLToPath(new URL('../..', import.meta.url))
export const names = [
  'franceconnect-protocol',
  'fastify-franceconnect',
  'fastify-fc-data',
  'fastify-fc-provider',
  'franceconnect-sandbox'
] as const
export type Name = (typeof names)[number]

export interface Manifest {
  name: string
  version: string
  dependencies: Record<string, string>
  peerDependencies?: Record<string, string>
  exports: Record<string, string | Record<string, string>>
  bin?: Record<string, string>
  [member: string]: unknown
}

export const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** The pnpm that runs the tests when it is the one wanted: npx takes seconds to find the same. */
export function pnpm(): [command: string, ...args: string[]] {
  const { npm_config_user_agent: agent = '', npm_execpath: path = '' } = process.env
  const running = agent.startsWith('pnpm/12.21.0 ') && /[\\/]pnpm$/.test(path)
  return running ? [path] : ['npx', '--yes', 'pnpm@12.21.0']
}

/** Packs the packages as they would be published; answers the tarballs by name. */
export async function pack(folder: string): Promise<Record<Name, string>> {
  const [command, ...first] = pnpm()
  const args = [...first, '--recursive', '--filter', './packages/*', 'pack', '--pack-destination', folder]
  await exec(command, args, { cwd: root, env: { PATH: process.env.PATH, HOME: process.env.HOME } })
  const tarballs = names.map((name) => {
    const { version } = manifestOf(join(root, 'packages', name))
    return [name, join(folder, `${name}-${version}.tgz`)] as const
  })
  return Object.fromEntries(tarballs) as Record<Name, string>
}

/** Names of the files of a tarball, without its `package/` folder. */
export async function contents(tarball: string): Promise<string[]> {
  const { stdout } = await exec('tar', ['-tzf', tarball])
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.replace(/^package\//, '')]))
}

/** The package.json of a tarball. */
export async function packedManifest(tarball: string): Promise<Manifest> {
  return JSON.parse((await exec('tar', ['-xzOf', tarball, 'package/package.json'])).stdout)
}

/**
 * An empty project with the tarballs unpacked in its node_modules, each seeing only the dependencies that it declares:
 * an undeclared one is not found. Nothing is downloaded: the versions are those of the workspace.
 */
export async function project(tarballs: Record<Name, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'project-'))
  const modules = join(folder, 'node_modules')
  for (const name of names) {
    const target = join(modules, name)
    await mkdir(target, { recursive: true })
    await exec('tar', ['-xzf', tarballs[name], '-C', target, '--strip-components=1'])
    const { dependencies, peerDependencies } = manifestOf(target)
    for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
      await link(join(root, 'packages', name, 'node_modules', dependency), join(target, 'node_modules', dependency))
    }
  }
  for (const own of ['fastify', '@types/node', 'typescript']) {
    await link(join(root, 'node_modules', own), join(modules, own))
  }
  return folder
}

async function link(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await symlink(from, to)
}
