import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack, project, root } from '../../publishing/packed.ts'
import { shelves, stock } from './stock.ts'

/** `npm install` takes the packages named from the packed ones and from the shelves: nothing is downloaded. */
const local = (packed: string) =>
  `exec node ${join(root, 'test/docs/walk/install.mjs')} ${[packed, ...shelves].join(':')} "$@"`

/** `npm install` from the registry, for the time that it takes in truth; ours from their tarballs. */
const registry = (tarballs: Record<string, string>) => `set -- $(echo "$@" | sed -E ${Object.entries(tarballs)
  .map(([name, path]) => `-e 's#(^| )${name}( |$)#\\1${path}\\2#g'`)
  .join(' ')})
PATH="\${PATH#*:}" exec npm install --no-audit --no-fund "$@"`

function unreached(error: Error): void {
  if (process.env.CI === 'true') throw error
}

/** The packed packages, and an `npm` that knows them before they are published: the rest is as a person has it. */
export async function openShop() {
  const folder = await mkdtemp(join(tmpdir(), 'shop-'))
  // where the registry cannot be reached, what asks for more than the workspace has is left out, with its name
  const [tarballs] = await Promise.all([pack(folder), stock().catch(unreached)])
  const packed = await project(tarballs)
  const bin = join(folder, 'bin')
  await mkdir(bin)
  const npm = join(bin, 'npm')
  const install = process.env.WALK_FROM_REGISTRY ? registry(tarballs) : local(join(packed, 'node_modules'))
  await writeFile(
    npm,
    `#!/bin/sh
if [ "$1" = install ]; then shift
${install}
fi
PATH="\${PATH#*:}" exec npm "$@"
`
  )
  await chmod(npm, 0o755)
  return {
    bin,
    close: () => Promise.all([folder, packed].map((path) => rm(path, { recursive: true, force: true })))
  }
}
