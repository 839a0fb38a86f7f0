import type { IncomingHttpHeaders } from 'node:http'

/** A Fastify request of any server (http, https, http2), type provider and logger. */
export interface AnyRequest {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** The request of Node's own. */
  readonly raw: unknown
}

/** A Fastify reply of any server. */
export interface AnyReply {
  readonly sent: boolean
  hijack(): unknown
}
