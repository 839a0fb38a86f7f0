import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { root } from './tree.ts'

const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')

interface Step {
  text: string
  source: string
}

/** The steps of a walk: the lines that are numbered after a sentence naming its package. */
function walks(document: string): Step[] {
  const steps: Step[] = []
  let source = ''
  for (const line of document.split('\n')) {
    source = /in `(packages\/[\w-]+\/src)`/.exec(line)?.[1] ?? source
    if (/^\d+\. /.test(line)) steps.push({ text: line, source })
  }
  return steps
}

/** What a step says that is not so: files that are not there, functions that none of its files holds. */
function untrue({ text, source }: Step): string[] {
  const quoted = [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)
  const files = quoted.filter((name) => name.includes('/') && !name.includes('<'))
  const missing = files.filter((name) => !existsSync(join(root, source, name.endsWith('/') ? name : `${name}.ts`)))
  const read = files
    .filter((name) => !name.endsWith('/') && !missing.includes(name))
    .map((name) => readFileSync(join(root, source, `${name}.ts`), 'utf8'))
  const functions = quoted.filter((name) => /^[a-z]\w*(\.\w+)?$/i.test(name) && !/^(returnTo|state|meta)$/.test(name))
  const absent = functions.filter(
    (name) => !read.some((text) => new RegExp(`\\b${name.split('.').at(-1)}\\b`).test(text))
  )
  return [...missing, ...absent].map((name) => `${text.slice(0, 40)}: ${name}`)
}

t.test('the walks name files and functions that are there', async (t) => {
  const steps = walks(architecture)
  t.ok(steps.length >= 16, `${steps.length} steps`)
  t.strictSame(steps.flatMap(untrue), [])
  const planted = walks('in `packages/fastify-fc-data/src`\n1. `calls/nowhere`, `run`\n2. `calls/pipeline`, `gone`')
  t.equal(planted.flatMap(untrue).length, 3, 'planted ones are seen')
})
