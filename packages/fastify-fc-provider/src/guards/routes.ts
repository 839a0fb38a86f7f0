import type { FastifyInstance, RouteOptions } from 'fastify'
import { refuse } from 'franceconnect-protocol/option-values'
import { document } from '../openapi/document.ts'
import { checked } from '../options/check.ts'
import type { Settings } from '../options/options.ts'
import { withoutToken } from '../trace/url.ts'
import { type Answer, createErrorHandler } from './answer.ts'
import { recall } from './caller.ts'
import type { Guards } from './require.ts'

/** Looks at each route that is declared: those with a guard get their documentation, their errors and their log. */
export function watchRoutes(app: FastifyInstance, settings: Settings, guards: Guards, answer: Answer): void {
  const errorHandler = createErrorHandler(answer)
  const logSerializers = withoutToken(app.log)
  app.addHook('onRoute', (route) => {
    const hooks = [route.onRequest, route.preParsing, route.preValidation, route.preHandler].flat() as unknown[]
    if (hooks.includes(guards.require)) {
      const expected = `{ preHandler: app.fcProvider.require('${[...settings.scopes.keys()][0]}') }`
      checked(() => refuse('preHandler', `of ${route.url} is app.fcProvider.require, which was not called`, expected))
    }
    if (hooks.some((hook) => guards.needsOf(hook)) && ![route.preHandler].flat().some((hook) => guards.needsOf(hook))) {
      const message = `fcProvider: the guard of ${route.url} is no preHandler, and runs before the parameters are validated`
      app.log.warn(`${message}: each active checktoken shows in the citizen's history at FranceConnect`)
    }
    const all = hooks.flatMap((hook) => guards.needsOf(hook) ?? [])
    if (all.length === 0) return
    const scopes = [...new Set(all.flatMap((needs) => needs.scopes))]
    document(route, { scopes, all: all.every((needs) => needs.all) }, settings.recipient !== null)
    route.errorHandler ??= errorHandler as RouteOptions['errorHandler'] & object
    if (logSerializers) route.logSerializers ??= logSerializers
  })
  app.addHook('onResponse', async (request) => recall(request)?.access.finish())
}
