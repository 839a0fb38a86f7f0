import type { FastifyInstance } from 'fastify'
import { failure } from '../errors.ts'

/**
 * Fastify says of a plugin registered twice that a decorator « has already been added »: this says who has it, and in
 * which order to register. `plugins` are those that this plugin registered itself; watched until the server is ready.
 */
export function refuseLaterPlugins(app: FastifyInstance, plugins: readonly string[]): void {
  const before = Object.getOwnPropertyDescriptor(app, 'register')
  const register = app.register as (...given: unknown[]) => unknown
  function watch(this: FastifyInstance, plugin: unknown, ...rest: unknown[]): unknown {
    const name = nameOf(plugin)
    if (plugins.includes(name)) {
      throw failure(
        'FST_FC_INVALID_OPTIONS',
        `${name} is registered after fastify-franceconnect, which had to register its own; register ${name} before fastify-franceconnect (autoload goes by the alphabet), or leave it to this plugin.`
      )
    }
    return register.call(this, plugin, ...rest)
  }
  Object.defineProperty(app, 'register', { value: watch, configurable: true, writable: true, enumerable: true })
  app.addHook('onReady', async () => {
    if (before) Object.defineProperty(app, 'register', before)
    else Reflect.deleteProperty(app, 'register')
  })
}

/** As fastify-plugin names it. */
function nameOf(plugin: unknown): string {
  const { default: inner } = Object(plugin) as { default?: unknown }
  const meta = Symbol.for('plugin-meta')
  const { name } = Object(Object(plugin)[meta] ?? Object(inner)[meta]) as { name?: unknown }
  return typeof name === 'string' ? name : ''
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
