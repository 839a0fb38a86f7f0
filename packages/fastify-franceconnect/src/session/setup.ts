import { hkdfSync } from 'node:crypto'
import fastifyCookie, { type CookieSerializeOptions } from '@fastify/cookie'
import fastifySession from '@fastify/session'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { failure } from '../errors.ts'
import { bindingOf } from '../options/binding.ts'
import type { Settings } from '../options/options.ts'
import { checkCookieHook, refuseLaterPlugins } from './host-plugins.ts'
import { hostSessionWarnings } from './host-session.ts'
import { createMemoryStore } from './memory-store.ts'
import { createRemembered, owned } from './remembered.ts'
import { shieldCookie } from './shield.ts'
import { guardedStore, type Row, type Rows, rowsOf, type SessionStore } from './store.ts'
import { type StoreFailed, sayFailure } from './store-failure.ts'

/** Where the session comes from; `cookie` and `own` are `null` when it is the host's. */
export interface SessionSetup {
  /** The cookie that this plugin sets. */
  cookie: SessionCookie | null
  /** The store that @fastify/session was given, and what is behind it. */
  own: { store: SessionStore; rows: Rows } | null
  /** The store of the host's session, once it is known. */
  hostStore(app: FastifyInstance): SessionStore | null
  onFailure: StoreFailed
}

export interface SessionCookie {
  options: CookieSerializeOptions
  /** Whether it outlives the browser. */
  lasting: boolean
  /** Sends the id of a session found again, which @fastify/session takes for the one that came. */
  send(request: FastifyRequest, reply: FastifyReply, signed: string): void
  clear(request: FastifyRequest, reply: FastifyReply): void
}

type Early = (request: FastifyRequest) => void

/**
 * Uses the host's @fastify/session, or registers one with safe settings; `early` then runs at each request before the
 * session is read. Throws `FST_FC_INVALID_OPTIONS`.
 */
export async function setUpSession(app: FastifyInstance, settings: Settings, early: Early): Promise<SessionSetup> {
  if (app.hasRequestDecorator('sessionStore')) return adopt(app, settings)
  if (app.hasRequestDecorator('session')) {
    throw failure(
      'FST_FC_INVALID_OPTIONS',
      'the application’s session plugin keeps sessions in the browser alone; a logout is final only with a server-side store: use @fastify/session, or let this plugin register it.'
    )
  }
  const hostCookies = app.hasRequestDecorator('cookies')
  if (!hostCookies) await app.register(fastifyCookie)
  const setup = await register(app, settings, early, hostCookies)
  refuseLaterPlugins(app)
  return setup
}

async function adopt(app: FastifyInstance, settings: Settings): Promise<SessionSetup> {
  if (!app.hasDecorator('decryptSession')) {
    throw failure('FST_FC_INVALID_OPTIONS', 'the application’s session plugin is not @fastify/session.')
  }
  if (settings.session !== undefined) {
    throw failure(
      'FST_FC_INVALID_OPTIONS',
      'option "session" is given though the application has registered @fastify/session itself; expected these options there.'
    )
  }
  for (const warning of hostSessionWarnings(app, settings, hostStore(app))) app.log.warn(warning)
  checkCookieHook(app, settings.prefix + settings.routes.callback)
  return { cookie: null, own: null, hostStore, onFailure: failureLog(app) }
}

async function register(
  app: FastifyInstance,
  settings: Settings,
  early: Early,
  hostCookies: boolean
): Promise<SessionSetup> {
  const given = settings.session ?? {}
  const prefix = given.cookiePrefix ?? ''
  const cookie = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax' as const,
    ...given.cookie,
    secure: secureCookie(settings)
  }
  // browsers refuse a cookie of that prefix which is not Secure, or has another path or a domain
  const hostOnly = cookie.secure && cookie.path === '/' && given.cookie?.domain === undefined
  const name = given.cookieName ?? `${hostOnly ? '__Host-' : ''}fc-session-${settings.mark}`
  const binding = bindingOf(settings)
  const signer = rememberingSigner(new fastifyCookie.Signer(settings.secrets.map((secret) => derived(secret, binding))))
  if (hostCookies) {
    checkCookieHook(app, settings.prefix + settings.routes.callback)
    shieldCookie(app, name)
  }
  if (settings.secrets.length > 1) signAgain(app, { name, prefix, cookie, signer })
  const onFailure = failureLog(app)
  const rows = rowsOf(storeOf(app, settings, cookie), settings.timeout, onFailure)
  const store = guardedStore(rows, cookie)
  app.addHook('onRequest', (request, _reply, done) => {
    early(request)
    done()
  })
  await app.register(fastifySession, {
    rolling: false,
    saveUninitialized: false,
    ...given,
    secret: signer,
    cookieName: name,
    cookie,
    store
  })
  const { maxAge, expires, ...rest } = cookie
  const options = { ...rest, secure: Boolean(rest.secure), signed: false }
  const lasting = Boolean(maxAge || expires)
  const sent = { ...options, maxAge: maxAge ? Math.ceil(maxAge / 1000) : undefined, expires: undefined }
  return {
    cookie: {
      options,
      lasting,
      send(request, reply, signed) {
        request.cookies[name] = prefix + signed
        reply.setCookie(name, prefix + signed, sent)
      },
      clear(request, reply) {
        delete request.cookies[name]
        reply.clearCookie(name, options)
      }
    },
    own: { store, rows },
    hostStore: () => store,
    onFailure
  }
}

/** @fastify/session gives its store through requests alone: the getter is the same on all of them. */
function hostStore(app: FastifyInstance): SessionStore | null {
  const requests = Object.getOwnPropertySymbols(app).find((symbol) => symbol.description === 'fastify.Request')
  const kind = requests && (app as unknown as Record<symbol, { prototype?: { sessionStore?: SessionStore } }>)[requests]
  return kind?.prototype?.sessionStore ?? null
}

function failureLog(app: FastifyInstance): StoreFailed {
  return (failed, key) => {
    const reason = sayFailure(failed, key)
    app.log.error({ code: 'FST_FC_UNAVAILABLE', reason }, 'the session store failed')
  }
}

type Signer = Pick<InstanceType<typeof fastifyCookie.Signer>, 'sign' | 'unsign'>

/**
 * Signs and verifies each cookie once: browsers send the same one at every request, and @fastify/session signs again the
 * id that it has just verified. Whether the session still exists is asked of the store every time.
 */
function rememberingSigner(signer: Signer): Signer {
  const verified = createRemembered<string>()
  let last = { id: '', signed: '' }
  return {
    sign(id) {
      if (id !== last.id) last = { id, signed: signer.sign(id) }
      return last.signed
    },
    unsign(signed) {
      const id = verified.get(signed)
      const read = id === undefined ? signer.unsign(signed) : { valid: true as const, renew: false, value: id }
      if (!read.valid || read.renew) return read
      last = { id: read.value, signed }
      if (id === undefined) verified.offer(signed, () => owned(read.value))
      return read
    }
  }
}

/**
 * A truthy value other than `true` sends Secure and yet saves when TLS ended at a proxy: @fastify/session itself drops
 * the session of a request that does not look like https. Without https no cookie can be Secure.
 */
function secureCookie({ secure, session }: Settings): boolean {
  const asked = session?.cookie?.secure
  if (asked === false || !secure) return asked === true
  return 'always' as unknown as boolean
}

function derived(secret: string, binding: string): string {
  const info = `session-cookie\0${binding}`
  return Buffer.from(hkdfSync('sha256', secret, 'fastify-franceconnect', info, 32)).toString('hex')
}

function storeOf(app: FastifyInstance, settings: Settings, cookie: Row) {
  if (settings.session?.store) return settings.session.store
  const store = createMemoryStore(cookie)
  app.addHook('onClose', async () => store.close())
  if (process.env['NODE_ENV'] === 'production') {
    app.log.warn(
      'fastify-franceconnect keeps sessions in this process’s memory: they are lost at a restart and not shared with other instances. Give option "session.store" (Redis is documented).'
    )
  }
  return store
}

interface SignedCookie {
  name: string
  prefix: string
  cookie: { path: string; maxAge?: number }
  signer: Signer
}

/** Before the session is read: a cookie signed by an older secret is signed again by the first, the store untouched. */
function signAgain(app: FastifyInstance, { name, prefix, cookie, signer }: SignedCookie): void {
  app.addHook('onRequest', (request, reply, done) => {
    const value = request.cookies[name]
    if (value?.startsWith(prefix)) {
      const { valid, renew, value: id } = signer.unsign(value.slice(prefix.length))
      if (valid && renew) {
        const again = prefix + signer.sign(id)
        request.cookies[name] = again
        const { maxAge, ...options } = cookie
        reply.setCookie(name, again, maxAge ? { ...options, maxAge: Math.ceil(maxAge / 1000) } : options)
      }
    }
    done()
  })
}
