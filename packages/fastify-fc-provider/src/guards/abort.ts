import type { FastifyReply } from 'fastify'

/** A signal that aborts when the consumer's connection ends before its answer, and what forgets it. */
export function abortOf({ raw }: FastifyReply): { signal: AbortSignal; release(): void } {
  const abort = new AbortController()
  const onClose = () => {
    if (!raw.writableEnded) abort.abort()
  }
  raw.once('close', onClose)
  return { signal: abort.signal, release: () => raw.off('close', onClose) }
}
