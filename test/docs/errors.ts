import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCodes } from 'fastify-fc-data'
import { errors } from 'fastify-franceconnect'
import t from 'tap'
import { root } from './snippet.ts'

t.test('the guide to errors has one line for each code, with its status', async (t) => {
  const text = readFileSync(join(root, 'docs/guides/errors.md'), 'utf8')
  const rows = new Map(
    [...text.matchAll(/^\| `(FST_FC_[A-Z_]+)` \| (\S+) \| (.+) \| (.+) \|$/gm)].map(([, code, ...cells]) => [
      code,
      cells
    ])
  )
  const codes = [...Object.keys(errors), ...errorCodes]
  t.strictSame([...rows.keys()].sort(), [...codes].sort(), 'no code is missing, none is invented')
  for (const [code, Failure] of Object.entries(errors)) {
    const status = code.endsWith('INVALID_OPTIONS') ? 'boot' : String(new Failure().statusCode)
    t.equal(rows.get(code)?.[0], status, code)
  }
})
