import { readFileSync } from 'node:fs'
import t from 'tap'
import { errorCodes, fcDataError } from '../src/errors.ts'
import { resolveOptions } from '../src/options/options.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

t.test('every error is there with its status', async (t) => {
  const shown = new Map(
    [...readme.matchAll(/^\| `(FST_FC_DATA_\w+)` \| (\w+) \|/gm)].map(([, code, status]) => [code, status])
  )
  t.strictSame([...shown.keys()], [...errorCodes])
  for (const code of errorCodes) {
    const expected = code === 'FST_FC_DATA_INVALID_OPTIONS' ? 'boot' : String(fcDataError(code, '').statusCode)
    t.equal(shown.get(code), expected, code)
  }
})

t.test('every option is there', async (t) => {
  const [, table = ''] = readme.split('## Options')
  const shown = [...table.split('\n## ')[0]!.matchAll(/^\| `(\w+)[`(]/gm)].map(([, name]) => name)
  const error = t.throws(() => resolveOptions({ typo: 1 } as never, null)) as Error
  const known = /known: (.*)$/.exec(error.message)![1]!.split(', ')
  t.strictSame(shown.sort(), known.sort())
})
