import t from 'tap'
import type { CatalogueApi } from '../../src/apis/api.ts'
import { entries } from '../../src/apis/entries.ts'
import { testApi } from './contract.ts'

t.jobs = 8
for (const entry of entries) t.test(entry.name, { buffered: true }, (t) => testApi(t, entry as unknown as CatalogueApi))
