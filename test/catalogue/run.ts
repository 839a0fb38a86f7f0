/**
 * Compares the catalogue with an official OpenAPI file, so that whoever has a newer one sees what changed:
 * `npm run catalogue -- path/to/openapi.yaml`. The status is 1 where something differs.
 */
import { catalogue } from 'fastify-fc-data'
import { differences } from './differences.ts'
import { openApiAt } from './openapi.ts'

const [path] = process.argv.slice(2)
if (path === undefined) {
  console.error('Which file? npm run catalogue -- path/to/openapi.yaml')
  process.exit(2)
}
try {
  const found = differences(Object.values(catalogue), openApiAt(path))
  for (const { api, at, catalogue, file } of found) console.log(`${api}  ${at}  catalogue: ${catalogue}  file: ${file}`)
  console.log(found.length === 0 ? 'Nothing differs.' : `${found.length} difference(s).`)
  process.exitCode = found.length === 0 ? 0 : 1
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 2
}
