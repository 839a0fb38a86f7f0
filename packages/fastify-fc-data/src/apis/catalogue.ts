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

/** Copies an entry when it is first looked at: all of them are a hundredth of a second of each start. */
function lazily(entry: CatalogueApi): PropertyDescriptor {
  let copy: CatalogueEntry | undefined
  return {
    enumerable: true,
    get() {
      copy ??= plain(entry)
      return copy
    }
  }
}

/** Every API FranceConnectée whose path is public: its facts by its name. */
export const catalogue: Readonly<Record<CatalogueName, CatalogueEntry>> = Object.freeze(
  Object.defineProperties(
    {},
    Object.fromEntries(entries.map((entry) => [entry.name, lazily(entry as unknown as CatalogueApi)]))
  )
) as Record<CatalogueName, CatalogueEntry>
