import { HttpFailure } from '../errors.ts'

const malformed = /^(HPE_|HTTPParserError|UND_ERR_(RES_|HEADERS_OVERFLOW)|ERR_(HTTP_)?INVALID)/

/**
 * Codes of OpenSSL and Node for a key, a certificate or a handshake that is refused by either side, or of a proxy.
 * `UNSPECIFIED` is Node's for the flaws of a certificate that it has no name for: a signature or a key too weak.
 */
const tls =
  /^(CERT_|CRL_|ERROR_IN_C|ERR_(TLS|SSL|OSSL)_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_|INVALID_(CA|PURPOSE)|PATH_LENGTH|HOSTNAME_MISMATCH|(EPROTO|UNSPECIFIED|UND_ERR_PRX_TLS)$)/

/** What undici says of a request that it does not send: address, method and body are ours, the headers may be others'. */
const refusedRequest = /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED)$/

/** What undici says of the answer of a proxy; it puts nothing but the status there. */
const proxy = /^Proxy (?:response|Authentication Required) \((\d{3})\)/

/** What undici 6 throws at the handlers of undici 7. */
export const oldDispatcher: RegExp = /^invalid on(Error|Connect|Headers|Data|Complete|Upgrade) method$/

/** Where undici closes the connection on an answer that nobody asked for, `100 Continue` among them. */
export const interim = 'interim answer'

/** The failure that an error of undici or of Node is. `status` where it had come. */
export function httpFailureOf(error: Error, status?: number): HttpFailure {
  const code = String((error as NodeJS.ErrnoException).code ?? error.name)
  const detail = /^\w{1,64}$/.test(code) ? code : undefined
  const refused = proxy.exec(error.message)
  if (refused) return new HttpFailure('proxy', refused[1])
  if (code === 'UND_ERR_PRX_CONN') return new HttpFailure('proxy', detail)
  if (oldDispatcher.test(error.message)) return new HttpFailure('dispatcher', 'undici 6')
  if (tls.test(code)) return new HttpFailure('tls', detail)
  if (refusedRequest.test(code)) return new HttpFailure('header', detail)
  if (error.message === 'bad response') return new HttpFailure('lost', interim)
  return new HttpFailure(malformed.test(code) ? 'malformed' : 'lost', detail, status)
}
