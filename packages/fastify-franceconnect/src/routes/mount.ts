import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, RegisterOptions } from 'fastify'
import { ownRoute } from '../pages/requests/own-route.ts'
import type { createErrorAnswer } from './error-answer.ts'
import { noteBegun } from './error-report.ts'
import { logSerializers } from './log.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

export interface OwnRoute {
  /** `false` when the option `routes` leaves it out. */
  path: string | false
  methods: readonly string[]
  handler: Handler
  errorHandler: ReturnType<typeof createErrorAnswer>
}

/**
 * Mounts the plugin's routes in a context of their own: bodies of any type are taken, and the other methods and the
 * trailing slash are routes too, so that no log line of Fastify's 404 shows a callback's query.
 */
export async function mountRoutes(
  app: FastifyInstance,
  registration: RegisterOptions,
  routes: readonly OwnRoute[]
): Promise<void> {
  await app.register(async (scope) => {
    takeAnyBody(scope)
    for (const { path, methods, handler, errorHandler } of routes) {
      if (path === false) continue
      const others = scope.supportedMethods.filter((method) => !methods.includes(method))
      const refuse: Handler = async (_request, reply) => reply.code(405).header('allow', methods.join(', ')).send()
      const begin: Handler = (request, reply) => {
        noteBegun(request)
        return handler(request, reply)
      }
      for (const url of withTrailingSlash(scope, path)) {
        const config = ownRoute
        // not of the application's API: @fastify/swagger leaves them out
        const schema: FastifySchema & { hide: boolean } = { hide: true }
        const route = { url, config, schema, errorHandler, logSerializers, exposeHeadRoute: false }
        scope.route({ ...route, method: [...methods], handler: begin })
        scope.route({ ...route, method: others, handler: refuse })
      }
    }
  }, registration)
}

const formBytes = 8192

/** Any type is taken, a form is read, and the server's `bodyLimit` holds: what has no limit of its own would be read whole. */
function takeAnyBody(scope: FastifyInstance): void {
  const { bodyLimit = formBytes } = scope.initialConfig
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: Math.min(formBytes, bodyLimit) },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string)))
  )
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, _body, done) => done(null))
}

function withTrailingSlash({ initialConfig }: FastifyInstance, path: string): string[] {
  const { ignoreTrailingSlash, routerOptions } = initialConfig as {
    ignoreTrailingSlash?: boolean
    routerOptions?: { ignoreTrailingSlash?: boolean }
  }
  return ignoreTrailingSlash || routerOptions?.ignoreTrailingSlash ? [path] : [path, `${path}/`]
}
