import t from 'tap'
import type { CatalogueApi } from '../../src/apis/api.ts'
import { entries } from '../../src/apis/entries.ts'
import { type EnabledApi, enableEntry } from '../../src/options/enabled-api.ts'
import { apiParticulier } from '../../src/providers/api-particulier.ts'
import { bearer } from '../../src/providers/bearer.ts'
import { cnam } from '../../src/providers/cnam.ts'
import { franceTravail } from '../../src/providers/france-travail.ts'

export const everyEntry = entries as unknown as readonly CatalogueApi[]

const providers = {
  apiParticulier: apiParticulier({ recipient: '13002526500013' }),
  dgfip: bearer('dgfip'),
  cnam: cnam({ baseUrl: 'https://ameli.example', apiKey: 'key' }),
  franceTravail: franceTravail()
}

/** An entry made ready; what was told of it is in `told`. */
export function enabled(entry: CatalogueApi, told: (readonly string[])[] = []): EnabledApi {
  return enableEntry(entry, 'https://data.example', {
    provider: providers[entry.provider],
    scopes: entry.scopes,
    timeout: 1000,
    atLogin: true,
    onLeftOut: (paths) => told.push(paths),
    wrong: (member, why) => {
      t.fail(`${entry.name}: ${member}: ${why}`)
      throw why
    }
  })
}

/** The text of an answer that holds this data. */
export function textOf(entry: CatalogueApi, data: unknown): string {
  return JSON.stringify(entry.provider === 'apiParticulier' ? { data, links: {}, meta: {} } : data)
}
