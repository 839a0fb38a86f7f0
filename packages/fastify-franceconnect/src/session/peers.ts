import type { FastifyReply, FastifyRequest } from 'fastify'

/** What one registration asks of another on the same session store. */
export interface Peer {
  /** The mark of the login that this request holds there; `null` when there is none, or it is over. */
  markOf(request: FastifyRequest, reply: FastifyReply): Promise<string | null>
  /** The login in slot `by` takes its place. */
  replace(request: FastifyRequest, reply: FastifyReply, by: string): Promise<void>
  /** The browser logs out: it ends, with what came beside it and the callbacks that are under way. */
  leave(request: FastifyRequest, reply: FastifyReply): Promise<void>
}

/** The other registrations on a store. */
export function othersOf(store: object, name: string): Peer[] {
  return [...(byStore.get(store) ?? [])].filter(([each]) => each !== name).map(([, peer]) => peer)
}

const byStore = new WeakMap<object, Map<string, Peer>>()

/** Registrations that share a session: FranceConnect and FranceConnect+ of one application. */
export function joinPeers(store: object, name: string, peer: Peer): void {
  byStore.set(store, (byStore.get(store) ?? new Map<string, Peer>()).set(name, peer))
}

export const peerOf = (store: object, name: string): Peer | undefined => byStore.get(store)?.get(name)
