import type { FastifyInstance } from 'fastify'
import { failure } from '../errors.ts'

/** What the plugins that this one may register give to the server, its requests and its replies. */
const givenBy: Readonly<Record<string, string>> = {
  ...named('@fastify/cookie', ['serializeCookie', 'parseCookie', 'cookies', 'cookie', 'setCookie', 'clearCookie']),
  ...named('@fastify/session', ['decryptSession', 'sessionStore', 'session'])
}

function named(plugin: string, decorators: readonly string[]): Record<string, string> {
  return Object.fromEntries(decorators.map((name) => [name, plugin]))
}

/**
 * Fastify says of a plugin registered twice that a decorator « has already been added »: this says whose it is, and in
 * which order to register. However it is registered, awaited or not, the server does not get ready.
 */
export function refuseLaterPlugins(app: FastifyInstance): void {
  let problem: Error | null = null
  const restore = (['decorate', 'decorateRequest', 'decorateReply'] as const).map((method) => {
    const before = Object.getOwnPropertyDescriptor(app, method)
    const decorate = app[method] as (...given: unknown[]) => FastifyInstance
    function watch(this: FastifyInstance, ...given: unknown[]): FastifyInstance {
      try {
        return decorate.apply(this, given)
      } catch (error) {
        problem ??= registeredLate(String(given[0]))
        // thrown here, it would crash the process where the plugin takes a callback
        if (problem === null) throw error
        return this
      }
    }
    Object.defineProperty(app, method, { value: watch, configurable: true, writable: true, enumerable: true })
    return () => {
      if (before) Object.defineProperty(app, method, before)
      else Reflect.deleteProperty(app, method)
    }
  })
  app.addHook('onReady', async () => {
    for (const back of restore) back()
    if (problem !== null) throw problem
  })
}

function registeredLate(decorator: string): Error | null {
  const plugin = Object.hasOwn(givenBy, decorator) ? givenBy[decorator] : undefined
  if (plugin === undefined) return null
  // @fastify/session begins with another
  const what = decorator === 'session' ? 'another plugin that decorates requests with "session"' : plugin
  return failure(
    'FST_FC_INVALID_OPTIONS',
    `${what} is registered after fastify-franceconnect, which had to register its own; register ${plugin} before fastify-franceconnect (autoload goes by the alphabet), or leave it to this plugin.`
  )
}

/**
 * The session is read at `onRequest`: cookies that the host's @fastify/cookie parses later are not there yet. Its hook is
 * seen in the routes once they are all made. Throws `FST_FC_INVALID_OPTIONS` when the server gets ready.
 */
export function checkCookieHook(app: FastifyInstance, path: string): void {
  app.addHook('onReady', async () => {
    const hooks = app.printRoutes({ includeHooks: true, commonPrefix: false })
    const found = [...hooks.matchAll(/\((\w+)\) \[[^\]]*"fastifyCookieHandler\(\)"/g)].map(([, hook]) => hook)
    // another name than the one that it is looked for by says nothing
    if (found.includes('onRequest') || !hooks.includes('fastifyCookieOnSendHandler()')) return
    const given = found[0] === undefined ? 'false' : `'${found[0]}'`
    throw failure(
      'FST_FC_INVALID_OPTIONS',
      `the application registered @fastify/cookie with hook: ${given}, and ${path} needs cookies at onRequest, where sessions are read; expected "hook" left out, or 'onRequest'.`
    )
  })
}
