import type { FastifyReply } from 'fastify'
import { answered, define, type Session } from './watch.ts'

/**
 * A session of nobody that is gone by the time its answer leaves is not stored again, nor its cookie sent: its owner has
 * logged in meanwhile, and may have left. @fastify/session writes whole rows whatever became of them. `exists` asks the
 * store, at the moment of the write alone.
 */
export function refuseLateWrite(session: Session, reply: FastifyReply, exists: () => Promise<boolean>): void {
  // another registration on the same session did it
  if (Object.hasOwn(session, 'save')) return
  const { save } = session

  async function saveIfThere(): Promise<void> {
    if (await exists()) await save?.call(session)
    else keepCookieBack(reply, session.encryptedSessionId ?? '')
  }

  define(session, 'save', (...given: unknown[]) => answered(saveIfThere(), given.at(-1)))
}

function keepCookieBack(reply: FastifyReply, signed: string): void {
  const { setCookie } = reply
  reply.setCookie = (name, value, options) =>
    value.endsWith(signed) ? reply : setCookie.call(reply, name, value, options)
}
