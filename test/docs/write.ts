/** Rewrites the generated parts of the documents: `node --import=./test/_loader/register.mjs test/docs/write.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withApiTable } from './api-table.ts'
import { root } from './snippet.ts'

for (const [file, language] of [
  ['README.md', 'en'],
  ['README.fr.md', 'fr']
] as const) {
  const path = join(root, file)
  writeFileSync(path, withApiTable(readFileSync(path, 'utf8'), language))
}
