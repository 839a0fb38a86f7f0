import { Stream } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import type { Login } from '../session/login.ts'

/** What the application says of a login. */
export interface Consent {
  /**
   * Resolves once `onLogin` has said yes: by resolving, or by replying, whatever it does afterwards. `false` when an
   * answer left that is not its own, or none can leave any more. Throws what it refuses by.
   */
  agreed: Promise<boolean>
  /** Sends what `onLogin` replied, if it did, once the login is kept; lets it go where another answer left before. */
  send(): boolean
  /** Drops it: the login did not come to be. */
  drop(): void
}

interface Reply {
  payload: unknown
  failed?: Error
}

/** Asks `onLogin`. What it replies is held back until the login is kept: an answer that promises it comes after it. */
export function askApplication(
  { onLogin }: Settings,
  request: FastifyRequest,
  reply: FastifyReply,
  login: Login
): Consent {
  let held: Reply | null = null
  let sayYes = () => {}
  const replied = new Promise<true>((resolve) => {
    sayYes = () => resolve(true)
  })

  function hold(payload: unknown): FastifyReply {
    if (held !== null) request.log.warn('onLogin replied twice: the first reply is sent')
    if (held === null) {
      const first: Reply = { payload }
      held = first
      // a stream that fails while nobody reads it would stop the process
      if (payload instanceof Stream)
        payload.once('error', (error) => {
          first.failed = asError(error)
        })
    }
    sayYes()
    return own
  }

  // members are called on the proxy, so that whatever ends in send() is seen: redirect(), a view, an error
  const own: FastifyReply = new Proxy(reply, {
    get(target, name, receiver) {
      if (name === 'send' && !target.sent) return hold
      if (name === 'sent' && held !== null) return true
      return Reflect.get(target, name, receiver)
    }
  })

  async function ask(): Promise<true> {
    try {
      await onLogin?.(request, own, login)
    } catch (error) {
      if (held === null) throw error
      request.log.error({ err: asError(error) }, 'onLogin failed after its reply; the login stands')
    }
    return true
  }

  return {
    agreed: Promise.race([ask(), replied]).then(() => !reply.sent),
    send() {
      if (held === null) return false
      if (reply.sent) {
        letGo(held.payload)
        return false
      }
      if (held.failed !== undefined) {
        request.log.error({ err: held.failed }, 'what onLogin replied failed before it was sent; the login stands')
        for (const name of ['content-type', 'content-length', 'content-encoding']) reply.removeHeader(name)
        return false
      }
      reply.send(held.payload)
      return true
    },
    drop: () => letGo(held?.payload)
  }
}

/** What `onLogin` refused by, as an error that has a status: its own, or one of ours with the cause beside it. */
export function refusalOf(error: unknown, request: FastifyRequest): Error {
  const { statusCode, status } = (error ?? {}) as { statusCode?: unknown; status?: unknown }
  const own = statusCode ?? status
  if (error instanceof Error && typeof own === 'number' && own >= 300 && own < 600) return error
  request.log.error({ err: asError(error) }, 'onLogin refused the login by something that is no error with a status')
  return failure('FST_FC_REFUSED_BY_SERVICE', 'onLogin threw no error with a status')
}

/** Whoever feeds a reply that is not sent is told to stop: a file is closed, a download ends. */
function letGo(payload: unknown): void {
  if (payload instanceof Stream) Object(payload).destroy?.()
  const body = payload instanceof Response ? payload.body : payload
  if (body instanceof ReadableStream && !body.locked) body.cancel().catch(() => {})
}

function asError(error: unknown): Error {
  if (error instanceof Error) return error
  const { message } = Object(error) as { message?: unknown }
  return new Error(
    typeof error === 'string' ? error : typeof message === 'string' ? message : `onLogin threw ${typeof error}`
  )
}
