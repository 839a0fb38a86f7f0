import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack, project, root } from '../../publishing/packed.ts'

/** `npm install` takes the packages named from the packed ones and from the workspace: nothing is downloaded. */
const local = (modules: string) => `exec node ${join(root, 'test/docs/walk/install.mjs')} ${modules} "$@"`

/** `npm install` from the registry, for the time that it takes in truth; ours from their tarballs. */
const registry = (tarballs: Record<string, string>) => `set -- $(echo "$@" | sed -E ${Object.entries(tarballs)
  .map(([name, path]) => `-e 's#(^| )${name}( |$)#\\1${path}\\2#g'`)
  .join(' ')})
PATH="\${PATH#*:}" exec npm install --no-audit --no-fund "$@"`

/** The packed packages, and an `npm` that knows them before they are published: the rest is as a person has it. */
export async function openShop() {
  const folder = await mkdtemp(join(tmpdir(), 'shop-'))
  const tarballs = await pack(folder)
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
