import type { ProviderError } from '../errors.ts'
import { isOfApi } from './bearer.ts'
import type { ClientCredentials } from './client-credentials.ts'
import type { Provider } from './provider.ts'

export interface DgfipOptions {
  /** The gateway's address, given with the convention: it is not public. */
  baseUrl: string
  /** Defaults to `/token` on the gateway. */
  tokenUrl?: string
  clientId: string
  clientSecret: string
  /** Name of the téléservice, given by the DGFiP. */
  idTeleservice: string
}

/** What an entry says of its resource at the DGFiP. */
export interface DgfipResource {
  /** Scope of the gateway's own token. */
  oauthScope: string
  /** Media type of the answer. */
  accept: string
}

function codeOf(value: unknown): ProviderError[] {
  if (typeof value !== 'object' || value === null) return []
  const { codeapp, code, erreur } = value as { codeapp?: unknown; code?: unknown; erreur?: unknown }
  const found = codeapp ?? code
  if (typeof found === 'string' || typeof found === 'number') return [{ code: String(found) }]
  return typeof erreur === 'object' && erreur !== value ? codeOf(erreur) : []
}

/**
 * "No tax file for this person and this year": 204, 404 or 410 in JSON. No specification says so: integrators met 404, a
 * neighbouring resource documents 410 (4101) and 204. The application's codes have four digits; another code, or a
 * `fault`, comes from its gateway, which an address that is not the right one reaches too.
 */
function isNoSituation(status: number, errors: readonly ProviderError[], body: unknown): boolean {
  if (status === 204) return true
  const ofGateway = errors.some(({ code }) => !/^4\d{3}$/.test(code)) || !isOfApi(body) || 'fault' in body
  return (status === 404 || status === 410) && !ofGateway
}

/**
 * API Impôt Particulier, FranceConnect modality: the gateway's client-credentials token in `Authorization`, FranceConnect's
 * one raw in `X-FranceConnect-OAuth`, a UUID and the téléservice. The schema of its errors is not public: only its
 * codes are read. Source: betagouv/api.gouv.fr, public/swaggers/api-impot-particulier.json (30 April 2024).
 */
export function dgfip(
  options: DgfipOptions,
  tokens: ClientCredentials,
  resource: (api: string) => DgfipResource
): Provider {
  return {
    name: 'dgfip',
    headers: async ({ api, token, correlationId }) => {
      const { oauthScope, accept } = resource(api)
      return {
        authorization: `Bearer ${await tokens.get(oauthScope)}`,
        'X-FranceConnect-OAuth': token,
        'X-Correlation-ID': correlationId,
        ID_Teleservice: options.idTeleservice,
        accept
      }
    },
    errors: (body) => codeOf(body),
    nothing: isNoSituation,
    // The gateway's own token may be the one refused: FranceConnect's is, once a new one of the gateway fares no better.
    failure: (status, _errors, _body, sent) => {
      const [, refused = ''] = String(sent['authorization']).split(' ')
      return status === 401 && tokens.refuse(refused) ? { renewed: true } : undefined
    }
  }
}
