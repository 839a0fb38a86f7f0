import type { CatalogueApi } from './api.ts'
import { entries } from './entries.ts'
import type { CatalogueName } from './registry.ts'

/** An API of the catalogue as plain JSON. `params` and `data` are JSON Schemas. */
export type CatalogueEntry = Omit<CatalogueApi, 'rule' | 'canonical' | 'types' | 'params' | 'data'> & {
  readonly method: 'GET'
  readonly params: object
  readonly data: object
}

function plain(entry: CatalogueApi): CatalogueEntry {
  return JSON.parse(JSON.stringify({ ...entry, method: 'GET' }))
}

/** Every API FranceConnectée whose path is public: its facts by its name. */
export const catalogue: Readonly<Record<CatalogueName, CatalogueEntry>> = Object.freeze(
  Object.fromEntries(entries.map((entry) => [entry.name, plain(entry as unknown as CatalogueApi)]))
) as Record<CatalogueName, CatalogueEntry>
