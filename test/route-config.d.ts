import 'fastify'

// an example brings @fastify/swagger, whose types name the members of a route's config: ours are symbols
declare module 'fastify' {
  interface FastifyContextConfig {
    [symbol: symbol]: unknown
  }
}
