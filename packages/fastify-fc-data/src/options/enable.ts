import type { FastifyBaseLogger } from 'fastify'
import type { Http } from 'franceconnect-protocol/http'
import type { OwnApi, ProviderName } from '../apis/api.ts'
import { entries } from '../apis/entries.ts'
import { apiParticulier } from '../providers/api-particulier.ts'
import { bearer } from '../providers/bearer.ts'
import { clientCredentials } from '../providers/client-credentials.ts'
import { cnam } from '../providers/cnam.ts'
import { type DgfipResource, dgfip } from '../providers/dgfip.ts'
import { franceTravail } from '../providers/france-travail.ts'
import type { Provider } from '../providers/provider.ts'
import { typeBoxFor } from '../reading/typebox.ts'
import type { ListedApi } from './apis.ts'
import { invalid } from './check.ts'
import { type EnabledApi, type EnabledOptions, enableEntry, enableOwn } from './enabled-api.ts'
import type { ResolvedOptions } from './options.ts'

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

/** Paths in one line of the log: a list of thousands may have as many. */
const MOST_TOLD = 50

/** What a wrong answer of a provider is told as: the paths of what was left out, never the values. */
function tellOf(api: string, log: FastifyBaseLogger): EnabledOptions['onLeftOut'] {
  return (leftOut) => {
    const others = leftOut.length > MOST_TOLD ? { others: leftOut.length - MOST_TOLD } : {}
    const told = { api, leftOut: leftOut.slice(0, MOST_TOLD), ...others }
    log.warn(told, `fcData: members of ${api} did not fit and were left out`)
  }
}

/** The providers of one's own API that name none: one for those of a family (`ville/…`) on one server. */
function plainProviders(): (api: OwnApi) => Provider {
  const made = new Map<string, Provider>()
  return ({ name, url }) => {
    const [family = ''] = name.split('/')
    const key = `${family} ${new URL(url).origin}`
    const provider = made.get(key) ?? bearer(family)
    made.set(key, provider)
    return provider
  }
}

/** Makes ready every API listed. Throws `FST_FC_DATA_INVALID_OPTIONS` for one that the platform cannot grant. */
export async function enableApis(
  options: ResolvedOptions,
  http: Http,
  log: FastifyBaseLogger,
  platform: string | undefined
): Promise<ReadonlyMap<string, EnabledApi>> {
  const found = configured(options, http)
  const plainOf = plainProviders()
  const foreign = await typeBoxFor(options.apis.flatMap((api) => ('own' in api ? [api.own.params, api.own.data] : [])))
  return new Map(
    options.apis.map((api, index) => {
      checkPlatform(api, platform)
      const { scopes, timeout, atLogin } = api
      const onLeftOut = tellOf(api.name, log)
      const wrong: EnabledOptions['wrong'] = (member, why) =>
        invalid(`apis[${index}].${member}`, `is not a schema that can be read: ${why}`)
      if ('own' in api) {
        const provider = api.own.provider ?? plainOf(api.own)
        return [api.name, enableOwn(api.own, { provider, scopes, timeout, atLogin, foreign, onLeftOut, wrong })]
      }
      const { provider, baseUrl } = found[api.entry.provider]!
      return [api.name, enableEntry(api.entry, baseUrl, { provider, scopes, timeout, atLogin, onLeftOut, wrong })]
    })
  )
}
