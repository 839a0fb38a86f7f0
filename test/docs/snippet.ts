import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Snippet {
  /** The document and the line where the block starts. */
  name: string
  file: string
  code: string
}

/** Every document whose snippets must be true. */
export function documents(): string[] {
  const under = (folder: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter((name) => name.endsWith('.md') && !/node_modules|\/recordings\//.test(name))
  return [
    'README.md',
    'README.fr.md',
    ...under('docs'),
    ...under('packages').filter((name) => /packages\/[^/]+\/README/.test(name))
  ]
}

/** Names that a block may use without importing them. */
const given: Record<string, string> = {
  Fastify: "import Fastify from 'fastify'",
  FastifyReply: "import type { FastifyReply } from 'fastify'",
  FastifyRequest: "import type { FastifyRequest } from 'fastify'",
  franceConnect: "import franceConnect from 'fastify-franceconnect'",
  fcData: "import fcData from 'fastify-fc-data'",
  startSandbox: "import { startSandbox } from 'franceconnect-sandbox'"
}

const preamble = `
const sandbox = await startSandbox({ port: 0 })
const app = Fastify()
await app.register(franceConnect, { ...sandbox.franceConnectOptions, baseUrl: 'http://localhost:3000' })
await app.register(fcData, { ...sandbox.fcDataOptions, apis: ['dss/quotient-familial'] })
`

/**
 * A block that makes no server of its own goes on from one that has both plugins on the sandbox: \`app\` and
 * \`sandbox\` are there. \`ts\` blocks are compiled and run; \`ts no-run\` blocks are compiled.
 */
function complete(code: string): string {
  const imports = [...code.matchAll(/^import [^\n]*$/gm)].map(([line]) => line)
  const needsApp = /\bapp\b/.test(code) && !/\b(const|let) app\b/.test(code)
  if (!needsApp) return `${code}\nexport {}\n`
  const own = imports.map((line) => line.split(' from ')[0]).join(' ')
  const missing = Object.keys(given).filter((name) => !new RegExp(`\\b${name}\\b`).test(own))
  const body = code.replace(/^import [^\n]*$/gm, '')
  return [...imports, ...missing.map((name) => given[name]), preamble, body, 'export {}\n'].join('\n')
}

function snippets(document: string): (Snippet & { run: boolean })[] {
  const text = readFileSync(join(root, document), 'utf8')
  return [...text.matchAll(/^```ts( no-run)?\n([\s\S]*?)^```$/gm)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length
    return {
      name: `${document}:${line}`,
      file: `${document.replaceAll(/[^a-zA-Z0-9]+/g, '-')}-${line}.ts`,
      code: complete(match[2] ?? ''),
      run: match[1] === undefined
    }
  })
}

/** Another service may hold the ports of the documents. */
const onFreePorts = (code: string) => code.replaceAll(/\bport: (3000|4000)\b/g, 'port: 0')

/** Writes every snippet as a module of an emptied folder; answers them with their files' whole paths. */
export function writeSnippets(folder: string): (Snippet & { run: boolean })[] {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return documents()
    .flatMap(snippets)
    .map((snippet) => {
      const file = join(folder, snippet.file)
      writeFileSync(file, onFreePorts(snippet.code))
      return { ...snippet, file }
    })
}
