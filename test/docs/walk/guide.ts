import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../snippet.ts'

/** One block of code of a guide, with what the text asks to do with it. */
export interface Block {
  kind: string
  code: string
  line: number
  /** The file that the sentence before the block names. */
  file: string | undefined
  /** The block goes into that file, before `return app`. */
  inserted: boolean
  /** The line of that file whose place the block takes. */
  inPlaceOf: string | undefined
}

const fileName = /`((?:[\w-]+\/)*\.?[\w-]+(?:\.[\w-]+)*\.(?:js|ts|mts|mjs|cjs|json|css|conf|yaml)|\.env)`/g

/** The blocks of a document, from a heading on and up to another when they are given. */
export function blocksOf(document: string, from = '', to?: string): Block[] {
  const whole = readFileSync(join(root, document), 'utf8')
  const start = whole.indexOf(from)
  const end = to === undefined ? whole.length : whole.indexOf(to)
  if (start < 0 || end < 0) throw new Error(`${document} has no heading ${from} or ${to}`)
  return [...whole.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gm)].flatMap((match) => {
    if (match.index < start || match.index > end) return []
    const before = whole.slice(0, match.index).trimEnd().split('\n\n').at(-1) ?? ''
    const sentence = before.endsWith(':') ? before : ''
    const files = [...sentence.matchAll(fileName)].map(([, name]) => name)
    return {
      kind: match[1] ?? '',
      code: match[2] ?? '',
      line: whole.slice(0, match.index).split('\n').length,
      file: files.at(-1),
      inserted: sentence.includes('`return app`'),
      inPlaceOf: /(?:in place of|à la place de) `([^`]+)`/.exec(sentence)?.[1]
    }
  })
}
