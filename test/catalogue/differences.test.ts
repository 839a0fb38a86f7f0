import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type CatalogueEntry, catalogue } from 'fastify-fc-data'
import t from 'tap'
import { differences } from './differences.ts'
import { openApiAt, openApiOf } from './openapi.ts'

const sample = fileURLToPath(new URL('particulier.yaml', import.meta.url))
const all: readonly CatalogueEntry[] = Object.values(catalogue)
const told = (list: ReturnType<typeof differences>) =>
  list.map(({ api, at, catalogue, file }) => `${api} ${at}: ${catalogue} / ${file}`)

t.test('what differs is told: paths, parameters, members, types, values, nulls', async (t) => {
  const file = openApiAt(sample)
  const found = told(differences(all, file))
  t.strictSame(
    found.filter((line) => /^(dss\/quotient|dsnj|\(none)/.test(line)),
    [
      'dss/quotient-familial parameter annee: optional / required',
      'dss/quotient-familial parameter annee: integer / string',
      'dss/quotient-familial parameter delegation_id: there / absent',
      'dss/quotient-familial parameter depuis: absent / required',
      'dss/quotient-familial data.allocataires[].prenoms: string / array',
      'dss/quotient-familial data.enfants[].prenoms: string / array',
      'dss/quotient-familial data.adresse.code_postal_ville: string / integer',
      'dss/quotient-familial data.adresse.pays: never null / may be null',
      'dss/quotient-familial data.quotient_familial.fournisseur (values): nothing more / CCMSA',
      'dss/quotient-familial data.quotient_familial.mois_calcul: there / absent',
      'dss/quotient-familial data.quotient_familial.date_calcul: absent / there',
      '(none) /v4/dss/quotient_familial/france_connect: absent / there'
    ]
  )
  t.ok(found.includes('dss/prime-activite /v3/dss/prime_activite/france_connect: GET / absent'))
  t.notOk(
    found.some((line) => /dgfip|cnam|france-travail/.test(line)),
    'a file speaks of its own provider'
  )
})

/** The catalogue as an official file would write it. */
function written(entry: CatalogueEntry): object {
  const { properties = {}, required = [] } = entry.params as { properties?: object; required?: string[] }
  const parameters = Object.entries(properties).map(([name, schema]) => {
    const place = entry.path.includes(`{${name}}`) ? 'path' : entry.headers?.includes(name) ? 'header' : 'query'
    return { name, in: place, required: required.includes(name), schema }
  })
  const asEnum = (text: string) => JSON.parse(text.replaceAll('"examples":', '"enum":'))
  const data = asEnum(JSON.stringify(entry.data))
  const schema = entry.provider === 'apiParticulier' ? { type: 'object', properties: { data } } : data
  return { get: { parameters, responses: { 200: { content: { 'application/json': { schema } } } } } }
}

t.test('the same catalogue differs in nothing, for every provider', async (t) => {
  for (const provider of ['apiParticulier', 'dgfip', 'cnam', 'franceTravail']) {
    const entries = all.filter((entry) => entry.provider === provider)
    const paths = Object.fromEntries(entries.map((entry) => [entry.path, written(entry)]))
    t.strictSame(differences(all, openApiOf(JSON.stringify({ openapi: '3.0.0', paths }))), [], provider)
  }
})

t.test('what is no such file is said', async (t) => {
  t.throws(() => openApiOf('a: 1'), /no OpenAPI file/)
  const other = openApiOf('openapi: 3.0.0\npaths:\n  /pets:\n    get: {}\n')
  t.throws(() => differences(all, other), /no API of the catalogue/)
})

t.test('the command prints them and says by its status that there are some', async (t) => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [
      `--import=${new URL('../_loader/register.mjs', import.meta.url)}`,
      fileURLToPath(new URL('run.ts', import.meta.url)),
      ...args
    ])
  await t.rejects(run(sample), {
    code: 1,
    stdout:
      /dss\/quotient-familial {2}parameter annee {2}catalogue: optional {2}file: required\n[\s\S]*\d+ difference\(s\)\.\n$/
  })
  await t.rejects(run(), { code: 2, stderr: /Which file\?/ })
  await t.rejects(run('/nowhere.yaml'), { code: 2, stderr: /ENOENT/ })
})
