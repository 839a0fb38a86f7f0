import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { contents, exec, manifestOf, names, pack, packedManifest, root } from './packed.ts'
import { tool } from './run.ts'

const folder = await mkdtemp(join(tmpdir(), 'packed-'))
t.teardown(() => rm(folder, { recursive: true }))
const tarballs = await pack(folder)

for (const name of names) {
  t.test(name, async (t) => {
    const files = await contents(tarballs[name])
    const expected =
      /^(package\.json|README(\.fr)?\.md|LICENSE|button\.css|dist\/.+\.(js|d\.ts)|dist\/.+\.(css|svg|html))$/
    t.strictSame(
      files.filter((file) => !expected.test(file)),
      [],
      'dist, README, LICENSE and package.json only'
    )
    const source = join(root, 'packages', name)
    const manifest = manifestOf(source)
    const { exports, bin = {} } = await packedManifest(tarballs[name])
    const entries = [...Object.values(exports), ...Object.values(bin)].flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry)
    )
    for (const file of ['README.md', 'LICENSE', 'dist/index.d.ts', ...entries]) {
      t.ok(files.includes(file.replace('./', '')), file)
    }
    t.strictSame(Object.keys(exports), Object.keys(manifest.exports), 'entered by what the workspace enters it by')
    t.strictSame(Object.keys(bin), Object.keys(manifest.bin ?? {}), 'and by the same commands')
    for (const [dependency, range] of Object.entries(manifest.dependencies)) {
      t.match(range, /^(workspace:)?\^/, `${dependency} takes compatible versions`)
    }
    t.match(manifest.version, /^0\.\d+\.\d+$/)
    t.ok(manifest['license'] === 'MIT' && manifest['description'], 'license and description')
  })

  t.test(`${name}: publint`, async (t) => {
    t.match(await tool('publint', ['--strict', tarballs[name]]), { code: 0, output: 'All good!' })
  })

  t.test(`${name}: are the types wrong?`, async (t) => {
    const args = ['--profile', 'esm-only', '--format', 'json', tarballs[name]]
    const { output } = await tool('attw', args)
    const { analysis, problems } = JSON.parse(output)
    t.equal(analysis.types.kind, 'included')
    const others = Object.keys(problems ?? {}).filter((kind) => kind !== 'CJSResolvesToESM' && kind !== 'NoResolution')
    t.strictSame(others, [])
  })
}

for (const name of ['fastify-franceconnect', 'fastify-fc-data'] as const) {
  t.test(`${name} is published in few files, its own alone`, async (t) => {
    const scripts = (await contents(tarballs[name])).filter((file) => file.endsWith('.js'))
    t.ok(scripts.length <= 6, `${scripts.length} files`)
    const { stdout } = await exec('tar', ['-xzOf', tarballs[name], ...scripts.map((file) => `package/${file}`)])
    const outside = new Set(
      [...stdout.matchAll(/^(?:\} from|import .* from) "([^.][^"]*)";$/gm)].map(([, from]) => from)
    )
    const { dependencies } = manifestOf(join(root, 'packages', name))
    t.ok(outside.size > 0)
    for (const dependency of Object.keys(dependencies)) {
      const lazily = stdout.includes(`import("${dependency}`)
      t.ok(lazily || [...outside].some((from) => from === dependency || from?.startsWith(`${dependency}/`)), dependency)
    }
  })
}

t.test('the packages declare what they import, and nothing that only tests use', async (t) => {
  for (const name of names) {
    const manifest = manifestOf(join(root, 'packages', name))
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    const { stdout } = await exec('grep', [
      '-rhoE',
      "(from |import |import\\()'[^.'][^']*'",
      join(root, 'packages', name, 'dist')
    ])
    const imported = new Set(
      stdout
        .split('\n')
        .flatMap((line) => /'((?:@[^/']+\/)?[^/']+)/.exec(line)?.[1] ?? [])
        .filter((specifier) => !specifier.startsWith('node:'))
    )
    t.strictSame(
      [...imported].filter((specifier) => !declared.includes(specifier) && specifier !== name),
      [],
      name
    )
    t.strictSame(
      Object.keys(manifest.dependencies).filter((dependency) => !imported.has(dependency)),
      [],
      `${name} uses all its dependencies`
    )
  }
})
