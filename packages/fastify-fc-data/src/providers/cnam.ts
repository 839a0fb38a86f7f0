import { bearer, isUnknownThere } from './bearer.ts'
import type { Provider } from './provider.ts'

export interface CnamOptions {
  /** Address given with the convention, before `/v1/droits/…`. */
  baseUrl: string
  /** Key given with the convention; the test platform has its own. */
  apiKey: string
}

/**
 * API Droits of the CNAM: the FranceConnect token as a Bearer and an API key, the NIR in a header of its own. Bare JSON
 * back, under any media type. Source: assurance-maladie-digital/api-droits-fs-doc, documentation-open-api.yaml (2019).
 */
export function cnam(options: CnamOptions): Provider {
  const plain = bearer('cnam')
  return {
    ...plain,
    anyContentType: true,
    // no error is documented: somebody whom this scheme does not insure
    nothing: isUnknownThere,
    headers: (call) => ({
      ...(plain.headers(call) as Record<string, string>),
      'X-API-Key': options.apiKey,
      ...(typeof call.params['nir'] === 'string' ? { nir: call.params['nir'] } : {})
    })
  }
}
