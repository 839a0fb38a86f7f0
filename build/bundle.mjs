// node ../../build/bundle.mjs, in the folder of a package before it is packed.
// Gathers what tsc wrote in as few files as it is entered by: a process that starts reads two files and not two hundred.
// The package's own files only. What it depends on stays outside, so that a fix of theirs waits for no release of ours.
// `publishConfig` of its package.json says which entries, and where they are written.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'

const manifest = JSON.parse(await readFile('package.json', 'utf8'))
const { exports, bin } = manifest.publishConfig

/** Pairs of the file that tsc wrote and of the one that is published in its place. */
const moved = [
  ...Object.keys(exports).map((name) => [manifest.exports[name].default, exports[name].default]),
  ...Object.keys(bin ?? {}).map((name) => [manifest.bin[name], bin[name]])
].filter(([from, to]) => from !== to)
const [folder] = new Set(moved.map(([, to]) => dirname(to)))

const { outputFiles } = await build({
  entryPoints: moved.map(([from, to]) => ({ in: from, out: basename(to, '.js') })),
  outdir: folder,
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  charset: 'utf8',
  chunkNames: '[name]-[hash]',
  logLevel: 'warning',
  write: false
})

// two may pack at once: a file is whole or not there, and one of a former bundle leaves
await mkdir(folder, { recursive: true })
for (const { path, contents } of outputFiles) {
  const written = join(dirname(folder), `.${process.pid}`)
  await writeFile(written, contents)
  await rename(written, path)
}
const kept = new Set(outputFiles.map(({ path }) => basename(path)))
for (const name of await readdir(folder)) if (!kept.has(name)) await rm(join(folder, name), { force: true })
