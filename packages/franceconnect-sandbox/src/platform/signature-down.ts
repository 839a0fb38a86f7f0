import type { ServerResponse } from 'node:http'
import { errorUri } from './engine/engine-error.ts'

/** Milliseconds that FranceConnect+ waits for its signing service. */
const patience = 6000

/**
 * Loses what the engine answers to /token or /userinfo, as FranceConnect+ does when its signing service is down: the code
 * is consumed, and after six seconds comes a 400 whose JSON has no `error` (observed on its own server). A refusal, which
 * needs no signature, is answered as usual.
 */
export function loseSignature(response: ServerResponse): void {
  const end = response.end.bind(response) as (body?: unknown) => ServerResponse
  response.end = ((body?: unknown) => {
    if (response.statusCode >= 400) return end(body)
    const later = setTimeout(() => {
      if (response.destroyed) return
      response.statusCode = 400
      response.removeHeader('content-length')
      response.setHeader('content-type', 'application/json; charset=utf-8')
      end(JSON.stringify({ error_description: 'undefined (undefined)', error_uri: errorUri('Y040001') }))
    }, patience)
    later.unref()
    return response
  }) as typeof response.end
}
