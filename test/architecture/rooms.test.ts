import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packages, root, type Source, sources } from './tree.ts'

const all = packages.flatMap((name) => sources(`packages/${name}/src`))
const importers = (list: Source[], specifier: RegExp) =>
  list.filter((source) => source.imports.some((found) => specifier.test(found.specifier))).map((source) => source.path)

t.test('no file is longer than 250 lines', async (t) => {
  t.ok(all.length > 60, 'the sources are found')
  t.strictSame(
    all.filter((source) => source.lines > 250).map((source) => `${source.path}: ${source.lines}`),
    []
  )
})

t.test('no room has a name that says nothing', async (t) => {
  const empty = /\/(utils?|helpers?|common|types|constants|misc|shared|lib)(\.ts|\/)/
  t.strictSame(
    all.filter((source) => empty.test(source.path)).map((source) => source.path),
    []
  )
})

t.test('imports make no circle', async (t) => {
  const byPath = new Map(all.map((source) => [source.path, source]))
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (path: string, trail: string[]) => {
    if (trail.includes(path)) {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    if (done.has(path)) return
    for (const found of byPath.get(path)?.imports ?? []) {
      if (found.file !== undefined && !found.typeOnly) walk(found.file, [...trail, path])
    }
    done.add(path)
  }
  for (const source of all) walk(source.path, [])
  t.strictSame(circles, [])
})

t.test('nobody imports the index of its own package, and only the index imports the plugin', async (t) => {
  for (const name of packages) {
    const base = `packages/${name}/src`
    const others = sources(base).filter((source) => source.path !== `${base}/index.ts`)
    const guilty = others.filter((source) =>
      source.imports.some(
        (found) =>
          found.file === `${base}/index.ts` ||
          found.specifier === name ||
          (found.file === `${base}/plugin.ts` && !found.typeOnly)
      )
    )
    t.strictSame(
      guilty.map((source) => source.path),
      [],
      name
    )
  }
})

t.test('one door per outside world', async (t) => {
  const doors: [room: (typeof packages)[number], world: RegExp][] = [
    ['franceconnect-protocol', /^undici(\/|$)/],
    ['franceconnect-protocol', /^jose(\/|$)/],
    ['fastify-franceconnect', /^openid-client$/],
    ['fastify-franceconnect', /^@fastify\/error$/],
    ['fastify-fc-data', /^@fastify\/error$/],
    ['fastify-franceconnect', /^@opentelemetry\/api$/],
    ['fastify-fc-data', /^@opentelemetry\/api$/],
    ['franceconnect-sandbox', /^oidc-provider$/]
  ]
  for (const [name, world] of doors) {
    const found = importers(sources(`packages/${name}/src`), world)
    t.equal(found.length, 1, `${name}: ${world.source} is imported by ${found.join(', ')}`)
  }
  const session = sources('packages/fastify-franceconnect/src').filter((source) =>
    /request\.session\b/.test(source.text)
  )
  t.equal(session.length, 1, `request.session is touched by ${session.map((source) => source.path).join(', ')}`)
})

t.test('errors are made in errors.ts alone', async (t) => {
  const plugins = all.filter((source) => !source.path.includes('/franceconnect-sandbox/'))
  const bare = plugins.filter(
    (source) => !/\/errors(\/|\.ts)/.test(source.path) && /\bthrow new (Type|Range)?Error\(/.test(source.text)
  )
  t.strictSame(
    bare.map((source) => source.path),
    []
  )
})

t.test('the plugins meet only at the decorators and on the protocol, and the sandbox knows none', async (t) => {
  const above = packages.filter((name) => name !== 'franceconnect-protocol')
  const runtime = (name: string) =>
    sources(`packages/${name}/src`).filter((source) =>
      source.imports.some(
        (found) => !found.typeOnly && above.some((other) => other !== name && found.specifier.startsWith(other))
      )
    )
  for (const name of packages) {
    t.strictSame(
      runtime(name).map((source) => source.path),
      [],
      name
    )
  }
  const sandbox = sources('packages/franceconnect-sandbox/src')
  t.strictSame(importers(sandbox, /^(fastify-f|franceconnect-protocol)/), [], 'not even a type')
  const protocol = sources('packages/franceconnect-protocol/src')
  t.strictSame(importers(protocol, /^@?fastify/), [], 'the protocol knows no Fastify')
})

t.test('every package is published from dist, with the same scripts', async (t) => {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
  const [first, ...others] = packages.map((name) => read(`packages/${name}/package.json`))
  for (const manifest of [first, ...others]) {
    t.match(manifest.exports['.'], { types: './dist/index.d.ts', default: './dist/index.js' }, manifest.name)
    t.equal(manifest.engines.node, '>=20.19')
    t.equal(manifest.type, 'module')
    t.notOk(
      Object.keys(manifest.scripts).some((script) => /install|prepare/.test(script)),
      'no install script'
    )
    const { prepack, ...scripts } = manifest.scripts
    const { prepack: _, ...others } = first.scripts
    t.strictSame(Object.keys(scripts), Object.keys(others), `${manifest.name} has the scripts of the others`)
    t.equal(prepack !== undefined, manifest.publishConfig !== undefined, 'what is published elsewhere is written first')
  }
})

t.test('every room has a docstring on what it exports to users', async (t) => {
  for (const name of packages) {
    const index = sources(`packages/${name}/src`).find((source) => source.path.endsWith('/src/index.ts'))
    t.ok(index && index.lines <= 120, `${name}: the index is a list`)
  }
})
