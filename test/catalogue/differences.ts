import type { CatalogueEntry } from 'fastify-fc-data'
import type { Difference } from './difference.ts'
import { type Members, members, type OpenApi } from './openapi.ts'
import { compareSchemas } from './schemas.ts'

/** Parameters that belong to the provider and not to one of its API. */
const OF_THE_PROVIDER: Record<CatalogueEntry['provider'], readonly string[]> = {
  apiParticulier: ['recipient'],
  dgfip: ['authorization', 'accept', 'x-franceconnect-oauth', 'x-correlation-id', 'id_teleservice'],
  cnam: ['authorization', 'x-api-key'],
  franceTravail: ['authorization']
}

/** Whether a path of the file is that of an API FranceConnectée of this provider. */
function isCandidate(path: string, provider: CatalogueEntry['provider'], known: readonly CatalogueEntry[]): boolean {
  if (provider === 'apiParticulier') return path.endsWith('/france_connect')
  const [, first] = path.split('/')
  return !path.includes('{spi}') && known.some((entry) => entry.path.split('/')[1] === first)
}

function parametersOf(
  operation: Members,
  path: Members,
  { resolve }: OpenApi,
  entry: CatalogueEntry
): Map<string, Members> {
  const ignored = OF_THE_PROVIDER[entry.provider]
  const given = [path['parameters'], operation['parameters']].flatMap((list) => (Array.isArray(list) ? list : []))
  const found = given.map((one) => resolve(one)).filter((one) => !ignored.includes(String(one['name']).toLowerCase()))
  return new Map(found.map((one) => [String(one['name']), one]))
}

function compareParameters(entry: CatalogueEntry, inFile: Map<string, Members>, file: OpenApi): Difference[] {
  const { properties = {}, required = [] } = entry.params as { properties?: Members; required?: string[] }
  const names = [...new Set([...Object.keys(properties), ...inFile.keys()])]
  return names.flatMap((name) => {
    const at = `parameter ${name}`
    const [mine, theirs] = [properties[name], inFile.get(name)]
    if (!theirs) return [{ api: entry.name, at, catalogue: 'there', file: 'absent' }]
    if (!mine) return [{ api: entry.name, at, catalogue: 'absent', file: theirs['required'] ? 'required' : 'there' }]
    const rule = (is: unknown) => (is === true ? 'required' : 'optional')
    const [ours, asked] = [rule(required.includes(name)), rule(theirs['required'])]
    const presence = ours === asked ? [] : [{ api: entry.name, at, catalogue: ours, file: asked }]
    const schema = 'schema' in theirs ? theirs['schema'] : theirs
    return [...presence, ...compareSchemas(entry.name, at, mine, schema, file, 'type')]
  })
}

/** The schema of the good answer, out of its envelope. */
function dataOf(operation: Members, { resolve }: OpenApi, entry: CatalogueEntry): unknown {
  const responses = members(operation['responses'])
  const answer = resolve(responses['200'] ?? responses['2XX'] ?? responses['default'])
  const [media] = Object.values(members(answer['content']))
  const whole = resolve(answer['schema'] ?? members(media)['schema'])
  return entry.provider === 'apiParticulier' ? members(whole['properties'])['data'] : whole
}

function compareEntry(entry: CatalogueEntry, file: OpenApi): Difference[] {
  const path = members(file.paths[entry.path])
  const operation = members(path[entry.method.toLowerCase()])
  if (Object.keys(operation).length === 0)
    return [
      { api: entry.name, at: entry.path, catalogue: entry.method, file: Object.keys(path).join(', ') || 'absent' }
    ]
  return [
    ...compareParameters(entry, parametersOf(operation, path, file, entry), file),
    ...compareSchemas(entry.name, 'data', entry.data, dataOf(operation, file, entry), file)
  ]
}

/** What differs between the catalogue and the official file of one of its providers. */
export function differences(entries: readonly CatalogueEntry[], file: OpenApi): Difference[] {
  const providers = new Set(entries.filter(({ path }) => path in file.paths).map(({ provider }) => provider))
  if (providers.size === 0) throw new Error('The file describes no API of the catalogue.')
  const known = entries.filter(({ provider }) => providers.has(provider))
  const paths = new Set(known.map(({ path }) => path))
  const unknown = Object.keys(file.paths)
    .filter((path) => !paths.has(path))
    .filter((path) => [...providers].some((provider) => isCandidate(path, provider, known)))
    .map((path) => ({ api: '(none)', at: path, catalogue: 'absent', file: 'there' }))
  return [...known.flatMap((entry) => compareEntry(entry, file)), ...unknown]
}
