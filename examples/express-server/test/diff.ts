import { readFile } from 'node:fs/promises'
import t from 'tap'

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8')

t.test('the diff that the README shows is the one between before.ts and after.ts', async (t) => {
  const [before, after, readme] = await Promise.all(['src/before.ts', 'src/after.ts', 'README.md'].map(read))
  const shown = /```diff\n([\s\S]*?)```/.exec(readme ?? '')?.[1] ?? ''
  const lines = (sign: string) =>
    shown
      .split('\n')
      .filter((line) => line.startsWith(sign))
      .map((line) => line.slice(1))
  const only = (text = '', other = '') => {
    const left = other.split('\n')
    return text.split('\n').filter((line) => {
      const at = left.indexOf(line)
      if (at >= 0) left.splice(at, 1)
      return at < 0
    })
  }
  t.strictSame(lines('+').filter(Boolean).sort(), only(after, before).filter(Boolean).sort())
  t.strictSame(lines('-').filter(Boolean).sort(), only(before, after).filter(Boolean).sort())
  t.ok(lines('+').length < 35, `${lines('+').length} lines added`)
})
