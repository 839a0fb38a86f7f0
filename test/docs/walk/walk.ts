import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Sandbox } from 'franceconnect-sandbox'
import t, { type Test } from 'tap'
import { noBrowser } from '../../browser/chromium.ts'
import { type Folder, openFolder } from './folder.ts'
import { type Block, blocksOf } from './guide.ts'
import { openBrowser, type Person } from './person.ts'
import { openShop } from './shop.ts'
import { missing } from './stock.ts'

t.setTimeout(900_000)
const shop = await openShop()
const browser = await openBrowser()
t.teardown(async () => {
  await Promise.all([shop.close(), browser.close()])
  if (started) await rm(dirname(await started), { recursive: true, force: true })
})
// a walk waits for others more than it computes
t.jobs = 2

export interface Steps {
  folder: Folder
  /** Does what the next block of the guide asks; answers what the terminal printed. */
  next(kind: string): Promise<string>
  /** Has done what « Get started » says until its server is to be started; answers the sandbox. */
  begin(options?: { https?: boolean }): Promise<Sandbox>
  /** What was typed and how long it took so far: lines that are not blank, seconds. */
  typed(): { lines: number; seconds: number }
  /** What only a person can see; left out where there is no browser. */
  look(what: string, look: (person: Person) => Promise<string>, seen: string | RegExp): Promise<void>
}

export interface WalkOptions {
  /** The heading with which the walk begins. */
  from?: string
  /** The heading before which it ends. */
  to?: string
  /** Why it cannot be walked on this machine. */
  skip?: string | false
}

/** A project in which the first block of « Get started » was typed: it takes seconds, and every guide begins there. */
let started: Promise<string> | undefined

/** Blocks that other tests compile and run, and those that only show. */
const elsewhere = new Set(['diff', 'text'])

/** Lines of the blocks that walks follow, by document. */
export const walked = new Map<string, Set<number>>()

/** Follows a guide in an empty folder, block after block, to its end. */
export function walk(
  document: string,
  steps: (t: Test, steps: Steps) => Promise<void>,
  options: WalkOptions = {}
): void {
  const toFollow = blocksOf(document, options.from, options.to).filter(
    ({ kind, file }) => !elsewhere.has(kind) && !(kind === 'ts' && file === undefined)
  )
  walked.set(document, new Set(toFollow.map(({ line }) => line)))
  if (process.env.WALK_ONLY && !document.includes(process.env.WALK_ONLY)) return
  const absent = missing(document)
  const unreached = absent.length > 0 && process.env.CI !== 'true' && `${absent.join(', ')} could not be installed`
  t.test(`${document}, step by step`, { skip: options.skip || unreached }, async (t) => {
    if (noBrowser !== false) t.comment(`its pages are not looked at: ${noBrowser}`)
    const folder = await openFolder(shop.bin)
    t.teardown(() => folder.close())
    const blocks = [...toFollow]
    const person = await browser.person()
    t.teardown(() => person?.page.context().close())
    let lines = 0
    let last = performance.now()
    const begun = last
    const typed = () => ({ lines, seconds: Math.round((performance.now() - begun) / 1000) })
    const log = (what: string) => {
      const now = performance.now()
      t.comment(`${((now - last) / 1000).toFixed(2)} s  ${what}`)
      last = now
    }

    async function follow(block: Block): Promise<string> {
      lines += block.code.split('\n').filter((line) => line.trim() !== '').length
      if (block.kind === 'sh') {
        const output = await folder.type(block.code)
        log(block.code.trim().split('\n').at(-1) ?? '')
        return output
      }
      if (block.file === undefined) throw new Error(`line ${block.line}: no file is named for this block`)
      await folder.write(block)
      log(`${block.file}, ${block.code.trim().split('\n').length} lines`)
      return ''
    }

    await steps(t, {
      folder,
      typed,
      async next(kind) {
        const block = blocks.shift()
        if (block?.kind !== kind) throw new Error(`line ${block?.line}: ${block?.kind} where ${kind} was expected`)
        return follow(block)
      },
      async begin(options = {}) {
        const [install, , ...files] = blocksOf('docs/guides/get-started.md').slice(0, 6)
        started ??= folder.type(install!.code).then(() => folder.keep())
        await folder.enter(await started)
        for (const block of files) await follow(block)
        return folder.sandbox(options.https)
      },
      async look(what, look, seen) {
        if (person === undefined) return
        const text = await look(person)
        log(`${what} « ${text.slice(0, 200)} »`)
        t.match(text, seen, what)
      }
    })
    t.comment(`${typed().lines} lines typed, ${typed().seconds} s`)
    t.strictSame(
      blocks.map(({ line }) => line),
      [],
      'every block was followed'
    )
  })
}
