import t from 'tap'
import { catalogue } from '../src/catalogue.ts'

const all = Object.entries(catalogue)

t.test('the catalogue is plain JSON, by name', async (t) => {
  t.equal(all.length, 33)
  for (const [name, entry] of all) {
    t.equal(entry.name, name)
    t.strictSame(JSON.parse(JSON.stringify(entry)), entry, name)
    t.match(entry.path, /^\/[\w/.{}-]+$/)
    t.ok(entry.scopes.length > 0)
    t.ok(entry.sources.length > 0)
    t.ok(['available', 'planned', 'deprecated', 'restricted', 'uncertain'].includes(entry.status))
  }
})

t.test('API Particulier’s paths follow its rule', async (t) => {
  for (const [name, { provider, path, version }] of all) {
    if (provider !== 'apiParticulier') continue
    const [producer, resource] = name.replace(/@.*/, '').split('/') as [string, string]
    t.equal(path, `/${version}/${producer.replaceAll('-', '_')}/${resource.replaceAll('-', '_')}/france_connect`, name)
  }
})

t.test('every field is optional and unknown ones are let through', async (t) => {
  const walk = (schema: unknown, at: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { type, required, additionalProperties, properties, items, anyOf } = schema as Record<string, unknown>
    if (type === 'object') {
      t.notOk(required, `${at} requires nothing`)
      t.not(additionalProperties, false, at)
    }
    for (const [name, value] of Object.entries((properties as object | undefined) ?? {})) walk(value, `${at}.${name}`)
    walk(items, `${at}[]`)
    for (const one of (anyOf as unknown[] | undefined) ?? []) walk(one, at)
  }
  for (const [name, entry] of all) walk(entry.data, name)
})

t.test('each scope says what it opens, except the DGFiP’s, which nobody documents', async (t) => {
  for (const [name, { provider, scopes, fields }] of all)
    if (provider !== 'dgfip') t.strictSame(Object.keys(fields).sort(), [...scopes].sort(), name)
})
