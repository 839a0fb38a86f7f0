import type { FastifyBaseLogger, FastifyRequest, RouteOptions } from 'fastify'

type Serializer = (request: FastifyRequest) => unknown

/**
 * Serializers that show a request as the application's own do, without the token that a consumer wrongly puts into the
 * query. `undefined` for a logger that has no serializer of requests.
 */
export function withoutToken(log: FastifyBaseLogger): RouteOptions['logSerializers'] {
  const serializers: unknown = Reflect.get(log, Symbol.for('pino.serializers'))
  const own = (serializers as { req?: Serializer } | undefined)?.req
  if (own === undefined) return undefined
  return {
    req(request: FastifyRequest) {
      const shown = own(request)
      if (typeof shown !== 'object' || shown === null || !('url' in shown) || typeof shown.url !== 'string')
        return shown
      return { ...shown, url: shown.url.replace(/([?&]access_token=)[^&#]*/gi, '$1…') }
    }
  }
}
