import type { ProviderName } from './api.ts'
import { entries } from './apis/entries.ts'
import type { Http } from './calls/http.ts'
import { type EnabledApi, enableEntry, enableOwn } from './enabled-api.ts'
import type { ListedApi } from './options/apis.ts'
import { invalid } from './options/check.ts'
import type { ResolvedOptions } from './options.ts'
import { apiParticulier } from './providers/api-particulier.ts'
import { bearer } from './providers/bearer.ts'
import { clientCredentials } from './providers/client-credentials.ts'
import { cnam } from './providers/cnam.ts'
import { type DgfipResource, dgfip } from './providers/dgfip.ts'
import { franceTravail } from './providers/france-travail.ts'
import type { Provider } from './providers/provider.ts'

/** Data scopes that FranceConnect+ has: of the DGFiP, the CNAM and the CNOUS (france-connect/sources, February 2026). */
const PLUS = /^(dgfip_|cnam_|cnous_|droits_assurance_maladie$)/

const resources = new Map<string, DgfipResource>(
  entries.flatMap((entry) => (entry.dgfip ? [[entry.name, entry.dgfip]] : []))
)

interface Configured {
  provider: Provider
  baseUrl: string
}

function configured({ providers, timeout }: ResolvedOptions, http: Http): Partial<Record<ProviderName, Configured>> {
  const { apiParticulier: particulier, dgfip: impots, cnam: ameli, franceTravail: travail } = providers
  const found: Partial<Record<ProviderName, Configured>> = {}
  if (particulier) found.apiParticulier = { provider: apiParticulier(particulier), baseUrl: particulier.baseUrl! }
  if (impots) {
    const tokens = clientCredentials('dgfip', { ...impots, tokenUrl: impots.tokenUrl!, timeout }, http)
    found.dgfip = { provider: dgfip(impots, tokens, (api) => resources.get(api)!), baseUrl: impots.baseUrl }
  }
  if (ameli) found.cnam = { provider: cnam(ameli), baseUrl: ameli.baseUrl }
  if (travail) found.franceTravail = { provider: franceTravail(), baseUrl: travail.baseUrl }
  return found
}

function checkPlatform(api: ListedApi, platform: string | undefined): void {
  if (platform !== 'franceconnect-plus' || !('entry' in api) || api.scopes.some((scope) => PLUS.test(scope))) return
  invalid(
    'apis',
    `lists "${api.name}", whose scopes FranceConnect+ does not know: log in with FranceConnect (acrValues: 'eidas1')`
  )
}

/** Makes ready every API listed. Throws `FST_FC_DATA_INVALID_OPTIONS` for one that the platform cannot grant. */
export function enableApis(
  options: ResolvedOptions,
  http: Http,
  platform: string | undefined
): ReadonlyMap<string, EnabledApi> {
  const found = configured(options, http)
  return new Map(
    options.apis.map((api) => {
      checkPlatform(api, platform)
      const { scopes, timeout, atLogin } = api
      if ('own' in api) {
        const provider = api.own.provider ?? bearer(api.name.split('/')[0]!)
        return [api.name, enableOwn(api.own, { provider, scopes, timeout, atLogin })]
      }
      const { provider, baseUrl } = found[api.entry.provider]!
      return [api.name, enableEntry(api.entry, baseUrl, { provider, scopes, timeout, atLogin })]
    })
  )
}
