import type { FastifyBaseLogger } from 'fastify'
import type { CatalogueApi } from './api.ts'
import type { ListedApi } from './options/apis.ts'
import { type ScopeNotice, scopeNotices } from './options/scope-notices.ts'

const doubts: Partial<Record<CatalogueApi['status'], string>> = {
  planned: 'it is announced and may not answer yet',
  deprecated: 'a newer version exists',
  uncertain: 'public sources disagree on whether it can still be called'
}

const sentences: Record<ScopeNotice['kind'], (notice: ScopeNotice) => string> = {
  unknown: ({ api, scope, near }) =>
    `the catalogue does not know the scope "${scope}" for ${api}${near ? `: did you mean "${near}"?` : ''}`,
  'not-granted': ({ api, scope, on }) =>
    `DataPass does not offer the scope "${scope}" of ${api} (${on}): every login fails where the habilitation lacks it`,
  ignored: ({ api, scope, on }) =>
    `FranceConnect does not know the scope "${scope}" of ${api} (${on}): it is dropped without a word, and its fields are then absent`,
  'none-asked': ({ api }) =>
    `DataPass offers no scope of ${api}: none is asked, list in scopes those of your habilitation`
}

const levels = { unknown: 'warn', 'not-granted': 'warn', ignored: 'info', 'none-asked': 'warn' } as const

/** Says at boot, once for each API, what the facts warn of. */
export function warnOf(apis: readonly ListedApi[], log: FastifyBaseLogger): void {
  for (const api of apis) {
    if (!('entry' in api)) continue
    const { status } = api.entry
    const doubt = doubts[status]
    if (doubt) log.warn({ api: api.name, status }, `fcData: ${api.name} is ${status}: ${doubt}`)
    for (const notice of scopeNotices([api]))
      log[levels[notice.kind]](notice, `fcData: ${sentences[notice.kind](notice)}`)
  }
}
