/** Tries the packages on each version that people have, prints the table, and compares it with the documents. */
import { documented, openVersions, type Tried } from './versions.ts'

const versions = await openVersions()
const tried = await versions.try().finally(versions.close)
const line = ({ subject, version, result }: Tried) => `| ${subject} | ${version} | ${result} |`
console.log(tried.map(line).join('\n'))

const french = (tried: Tried): Tried => ({
  ...tried,
  subject: tried.subject.replace('ES modules', 'modules ES'),
  result: tried.result.replace(/^works$/, 'fonctionne')
})
for (const [document, translate] of [
  ['docs/guides/versions.md', (one: Tried) => one],
  ['docs/fr/guides/versions.md', french]
] as const) {
  const said = (await documented(document)).map(line)
  const missing = tried
    .map(translate)
    .map(line)
    .filter((one) => !said.includes(one))
  const old = said.filter((one) => !tried.map(translate).map(line).includes(one))
  for (const one of missing) console.error(`${document} does not say: ${one}`)
  for (const one of old) console.error(`${document} says what was not seen: ${one}`)
  if (missing.length + old.length > 0) process.exitCode = 1
}
