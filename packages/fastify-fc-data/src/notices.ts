import type { FastifyBaseLogger } from 'fastify'
import type { CatalogueApi } from './api.ts'
import type { ListedApi } from './options/apis.ts'

const doubts: Partial<Record<CatalogueApi['status'], string>> = {
  planned: 'it is announced and may not answer yet',
  deprecated: 'a newer version exists',
  uncertain: 'public sources disagree on whether it can still be called'
}

/** Says at boot, once for each API, what the facts warn of. */
export function warnOf(apis: readonly ListedApi[], log: FastifyBaseLogger): void {
  for (const api of apis) {
    if (!('entry' in api)) continue
    const { status, scopes } = api.entry
    const doubt = doubts[status]
    if (doubt) log.warn({ api: api.name, status }, `fcData: ${api.name} is ${status}: ${doubt}`)
    const unknown = api.scopes.filter((scope) => !scopes.includes(scope))
    if (unknown.length > 0)
      log.warn({ api: api.name, scopes: unknown }, `fcData: scopes that the catalogue does not know for ${api.name}`)
  }
}
