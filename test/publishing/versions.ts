import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exec, pack, project, root } from './packed.ts'
import { type Run, run } from './run.ts'
import { esm, service } from './service.ts'

/** What is tried, from the oldest to the newest. Node.js and the others come from npm. */
const nodes = ['20', '22', '24', '26']
const typescripts = ['5.5.4', '5.6.3', '5.7.3', '5.8.3', '5.9.3', '6.0.3', '7.0.2']
const undicis = ['6.23.0', '7.30.2', '8.13.1']
const fastifys = ['5.0.0', '5.12.8', '6.0.0-alpha.4']

/** One line of the table. */
export interface Tried {
  subject: string
  version: string
  result: string
}

const works = 'works'

/** A short word for what was printed: works, or what it was stopped by. */
function resultOf({ code, output }: Run): string {
  if (code === 0 && !/error/i.test(output)) return works
  const [known] = /TS\d{4}|FST_\w+|ERR_\w+/.exec(output) ?? []
  return known === undefined ? `fails: ${output.slice(0, 300).replaceAll('\n', ' ')}` : `\`${known}\``
}

/** The packages as npm gives them, with other versions of what they live with beside them, under names of their own. */
export async function openVersions() {
  const tarballs = await mkdtemp(join(tmpdir(), 'packed-'))
  const packed = await pack(tarballs)
  const folder = await project(packed)
  const aliases = [
    ...typescripts.map((version) => `typescript-${version}@npm:typescript@${version}`),
    ...undicis.map((version) => `undici-${version}@npm:undici@${version}`),
    ...fastifys.map((version) => `fastify-${version}@npm:fastify@${version}`),
    ...nodes.map((version) => `node-${version}@npm:node@${version}`)
  ]
  const beside = await mkdtemp(join(tmpdir(), 'versions-'))
  await writeFile(join(beside, 'package.json'), '{ "private": true }')
  await exec('npm', ['install', '--no-audit', '--no-fund', '--prefix', beside, ...aliases], { maxBuffer: 1e8 })
  const at = (name: string) => join(beside, 'node_modules', name)
  await writeFile(join(folder, 'service.mts'), esm + service)
  await writeFile(join(folder, 'service.cts'), esm + service)
  async function compileWith(version: string, file: string): Promise<Run> {
    const strict = { module: 'nodenext', target: 'es2023', strict: true, skipLibCheck: true, types: ['node'] }
    const config = join(folder, 'tsconfig.json')
    await writeFile(config, JSON.stringify({ compilerOptions: strict, files: [file] }))
    return run(process.execPath, [join(at(`typescript-${version}`), 'bin/tsc'), '-p', config])
  }
  const newest = typescripts.at(-1)!
  for (const file of ['service.mts', 'service.cts']) {
    const { code, output } = await compileWith(newest, file)
    if (code !== 0) throw new Error(output)
  }

  async function onNode(version: string): Promise<Tried> {
    const binary = join(at(`node-${version}`), 'bin/node')
    const results: string[] = []
    for (const file of ['service.mjs', 'service.cjs']) {
      const ran = await run(binary, [join(folder, file)])
      results.push(ran.output.includes('200 string number') ? works : resultOf({ ...ran, code: 1 }))
    }
    const { output } = await run(binary, ['--version'])
    console.log(`# node ${output.trim()}`)
    return { subject: 'Node.js', version, result: [...new Set(results)].join(', ') }
  }

  async function withUndici(version: string): Promise<Tried> {
    const script = `
      import Fastify from 'fastify'
      import franceConnect from 'fastify-franceconnect'
      import { startSandbox } from 'franceconnect-sandbox'
      import undici from '${at(`undici-${version}`)}/index.js'
      const sandbox = await startSandbox({ port: 0 })
      const app = Fastify()
      await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000', dispatcher: new undici.Agent() })
      await sandbox.login(app, sandbox.citizens[0])
      console.log('logged in')
      process.exit(0)`
    await writeFile(join(folder, 'undici.mjs'), script)
    // the newest undici wants a newer Node.js than the oldest of ours
    const ran = await run(join(at('node-24'), 'bin/node'), [join(folder, 'undici.mjs')])
    return { subject: 'undici', version, result: ran.output.includes('logged in') ? works : resultOf(ran) }
  }

  async function withFastify(version: string): Promise<Tried> {
    const own = await mkdtemp(join(tmpdir(), 'fastify-'))
    await writeFile(join(own, 'package.json'), '{ "private": true, "type": "module" }')
    const args = ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', '--prefix', own, `fastify@${version}`]
    await exec('npm', [...args, ...Object.values(packed)], { maxBuffer: 1e8 })
    await copyFile(join(folder, 'service.mjs'), join(own, 'service.mjs'))
    const ran = await run(join(at('node-24'), 'bin/node'), [join(own, 'service.mjs')])
    await rm(own, { recursive: true })
    return { subject: 'Fastify', version, result: ran.output.includes('200 string number') ? works : resultOf(ran) }
  }

  return {
    async try(): Promise<Tried[]> {
      const tried: Tried[] = []
      for (const version of nodes) tried.push(await onNode(version))
      for (const version of fastifys) tried.push(await withFastify(version))
      for (const [kind, file] of [
        ['TypeScript, ES modules', 'service.mts'],
        ['TypeScript, CommonJS', 'service.cts']
      ] as const) {
        for (const version of typescripts) {
          const result = resultOf(await compileWith(version, file))
          tried.push({ subject: kind, version, result })
        }
      }
      for (const version of undicis) tried.push(await withUndici(version))
      return tried
    },
    close: () => Promise.all([tarballs, folder, beside].map((path) => rm(path, { recursive: true, force: true })))
  }
}

/** The lines of the table of a document. */
export async function documented(document: string): Promise<Tried[]> {
  const text = await readFile(join(root, document), 'utf8')
  return [...text.matchAll(/^\| ([^|`]+) \| (\d[^|]*) \| ([^|]+) \|/gm)].map(
    ([, subject = '', version = '', result = '']) => ({
      ...{ subject: subject.trim(), version: version.trim(), result: result.trim() }
    })
  )
}
