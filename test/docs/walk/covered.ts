import { readdirSync } from 'node:fs'
import t from 'tap'
import { documents } from '../snippet.ts'
import { blocksOf } from './guide.ts'
import { walked } from './walk.ts'

/** Blocks of code that no walk follows and no test compiles, with why. French pages have the same blocks (languages.ts). */
const exceptions: Record<string, string> = {
  'README.md sh npm start': 'the demonstration of the repository, started by examples/aide-juridictionnelle/test',
  'README.md diff': 'shows what changes in a file; what it becomes is in sandbox-to-production, walked',
  'docs/guides/audit-trail.md json': 'one line of the trail, as it is written',
  'docs/reliability.md sh': 'the commands that print the figures of the page: nine minutes and more',
  'packages/*/README.md sh npm install': 'the installation: each guide types it',
  'packages/franceconnect-sandbox/README.md sh npx franceconnect-sandbox': 'get-started types it',
  'packages/franceconnect-sandbox/README.md sh npx franceconnect-sandbox --env > .env': 'get-started types it',
  'packages/franceconnect-sandbox/README.md yaml':
    'read and checked by packages/franceconnect-sandbox/test/compose.test.ts'
}

const examples = readdirSync(new URL('../../../examples', import.meta.url)).map((name) => `examples/${name}`)

/** What a block is called in the list of exceptions. */
function namesOf(document: string, kind: string, code: string): string[] {
  const first = code.trim().split('\n')[0] ?? ''
  const places = [document, document.replace(/^packages\/[^/]+/, 'packages/*')]
  return places.flatMap((place) => [
    `${place} ${kind}`,
    `${place} ${kind} ${first}`,
    `${place} ${kind} ${first.split(' ').slice(0, 2).join(' ')}`
  ])
}

t.test(
  'each block of code of the documents is walked, or compiled and run',
  { skip: !!process.env.WALK_ONLY },
  async (t) => {
    const english = documents().filter((name) => !/^docs\/fr\/|\.fr\.md$/.test(name))
    const unused = new Set(Object.keys(exceptions))
    const bare: string[] = []
    for (const document of english.filter((name) => !examples.some((example) => name.startsWith(example)))) {
      for (const { kind, code, line } of blocksOf(document)) {
        if (kind === 'ts' || walked.get(document)?.has(line)) continue
        const excepted = namesOf(document, kind, code).find((name) => name in exceptions)
        if (excepted === undefined) bare.push(`${document}:${line} ${kind} ${code.trim().split('\n')[0]}`)
        else unused.delete(excepted)
      }
    }
    t.strictSame(bare, [], 'none is left to chance')
    t.strictSame([...unused], [], 'no exception is out of date')
  }
)
