/**
 * `lost`: no answer came over the connection. `tls`, `proxy`, `dispatcher` and `header` are settings of this service:
 * trying again changes nothing. `malformed`, `redirected`, `compressed`, `too-large`: an answer that cannot be read.
 */
export type HttpFailureReason =
  | 'timeout'
  | 'aborted'
  | 'lost'
  | 'tls'
  | 'proxy'
  | 'dispatcher'
  | 'header'
  | 'redirected'
  | 'compressed'
  | 'too-large'
  | 'malformed'

/** Why no answer could be read. `detail` is a code of Node or undici, or a status: never a text of the other side. */
export class HttpFailure extends Error {
  readonly reason: HttpFailureReason
  readonly detail: string | undefined
  readonly status: number | undefined

  constructor(reason: HttpFailureReason, detail?: string, status?: number) {
    super(detail === undefined ? reason : `${reason} (${detail})`)
    this.reason = reason
    this.detail = detail
    this.status = status
  }
}

const MALFORMED = /^(HPE_|HTTPParserError|UND_ERR_(RES_|HEADERS_OVERFLOW|INVALID|NOT_SUPPORTED)|ERR_(HTTP_)?INVALID)/

/** Codes of OpenSSL and Node for a certificate or a handshake that is refused by either side. */
const TLS =
  /^(CERT_|CRL_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_|INVALID_CA|PATH_LENGTH|HOSTNAME_MISMATCH|EPROTO$)/

/** What undici says of the answer of a proxy; it puts nothing but the status there. */
const PROXY = /^Proxy (?:response|Authentication Required) \((\d{3})\)/

/** What undici 6 throws at the handlers of undici 7. */
export const OLD_DISPATCHER: RegExp = /^invalid on(Error|Connect|Headers|Data|Complete|Upgrade) method$/

/** Where undici closes the connection on an answer that nobody asked for, `100 Continue` among them. */
export const INTERIM = 'interim answer'

/** The failure that an error of undici or of Node is. */
export function httpFailureOf(error: Error): HttpFailure {
  const code = (error as NodeJS.ErrnoException).code ?? error.name
  const proxy = PROXY.exec(error.message)
  if (proxy) return new HttpFailure('proxy', proxy[1])
  if (OLD_DISPATCHER.test(error.message)) return new HttpFailure('dispatcher', 'undici 6')
  if (TLS.test(code)) return new HttpFailure('tls', code)
  if (error.message === 'bad response') return new HttpFailure('lost', INTERIM)
  return new HttpFailure(MALFORMED.test(code) ? 'malformed' : 'lost', code)
}
