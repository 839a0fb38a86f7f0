import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Every attribute that @fastify/cookie may take from the host's `parseOptions`, unset. */
const unset: CookieSerializeOptions = {
  domain: undefined,
  expires: undefined,
  maxAge: undefined,
  partitioned: undefined,
  priority: undefined,
  signed: false
}

/**
 * @fastify/session sets its cookie without saying all of its attributes: on the host's @fastify/cookie, whose
 * `parseOptions` would sign it, or keep it, those that it leaves out are unset.
 */
export function shieldCookie(app: FastifyInstance, name: string): void {
  let original: FastifyReply['setCookie'] | null = null
  let clear: FastifyReply['clearCookie'] | null = null
  function setCookie(this: FastifyReply, given: string, value: string, options?: CookieSerializeOptions): FastifyReply {
    return original!.call(this, given, value, given === name ? { ...unset, ...options } : options)
  }
  function clearCookie(this: FastifyReply, given: string, options?: CookieSerializeOptions): FastifyReply {
    return clear!.call(this, given, given === name ? { ...unset, ...options } : options)
  }
  app.addHook('onRequest', (_request, reply, done) => {
    original ??= reply.setCookie
    clear ??= reply.clearCookie
    reply.setCookie = setCookie
    reply.clearCookie = clearCookie
    done()
  })
}
