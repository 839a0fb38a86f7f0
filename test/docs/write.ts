/**
 * Rewrites the generated parts of the documents: `npm run docs` for the tables of API,
 * `npm run -s threats | npm run -s docs -- --threats` for the outcomes of the threat cases.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withApiTable, withCatalogueTable } from './api-table.ts'
import { figuresInFrench } from './french/figures.ts'
import { threatsInFrench } from './french/threats.ts'
import { providerThreats } from './provider-threats.ts'
import { root } from './snippet.ts'

for (const [file, language] of [
  ['README.md', 'en'],
  ['README.fr.md', 'fr']
] as const) {
  const path = join(root, file)
  writeFileSync(path, withApiTable(readFileSync(path, 'utf8'), language))
  const ofPackage = join(root, 'packages/fastify-fc-data', file)
  writeFileSync(ofPackage, withCatalogueTable(readFileSync(ofPackage, 'utf8'), language))
}

if (process.argv.includes('--threats')) {
  const table = readFileSync(0, 'utf8').replaceAll(/^(\| `[^`]+`) \([^)]*\) \|/gm, '$1 |')
  if (!table.startsWith('### ')) {
    console.error('No table came on the standard input.')
    process.exit(1)
  }
  const title = `# What becomes of a login when the provider misbehaves

Printed by the run of \`test/hostile\`: each line is a provider that does one thing wrong, the outcome measured, and whether
an ordinary login works right after on the same server. 4xx is a bad callback; 5xx is kept for bad answers of
FranceConnect's servers to ours.

`
  writeFileSync(
    join(root, 'docs/threats.md'),
    title + table.replaceAll(/^### /gm, '## ').trimEnd().concat('\n\n', providerThreats())
  )
}

const { text } = threatsInFrench(readFileSync(join(root, 'docs/threats.md'), 'utf8'))
writeFileSync(join(root, 'docs/fr/threats.md'), text)

const reliability = join(root, 'docs/fr/reliability.md')
const figures = figuresInFrench(
  readFileSync(reliability, 'utf8'),
  readFileSync(join(root, 'docs/reliability.md'), 'utf8')
)
writeFileSync(reliability, figures.text)
