import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const exec = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const packed = ['franceconnect-protocol', 'fastify-franceconnect', 'fastify-fc-data']
const beside = ['@fastify/cookie', '@fastify/session', 'fastify', 'openid-client', 'typebox']

/** A project with the packages as they would be published, and what a server written by hand needs, installed by npm. */
export async function install() {
  const folder = await mkdtemp(join(tmpdir(), 'bench-start-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const others = beside.map((name) => `${name}@${devDependencies[name]}`)
  const args = ['--yes', 'pnpm@12.21.0', '--recursive', ...packed.flatMap((name) => ['--filter', name])]
  await mkdir(join(folder, 'packed'))
  await exec('npx', [...args, 'pack', '--pack-destination', join(folder, 'packed')], { cwd: root })
  const { version } = JSON.parse(await readFile(join(root, 'packages', packed[0], 'package.json'), 'utf8'))
  const tarballs = packed.map((name) => `./packed/${name}-${version}.tgz`)
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  await exec('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs, ...others], { cwd: folder })
  for (const name of ['by-hand.mjs', 'ours.mjs']) await copyFile(new URL(name, import.meta.url), join(folder, name))
  return (name) => join(folder, `${name}.mjs`)
}
