import type { FastifyReply, FastifyRequest } from 'fastify'

/** What one registration asks of another on the same session store. */
export interface Peer {
  /** The mark of the login that this request holds there; `null` when there is none, or it is over. */
  markOf(request: FastifyRequest, reply: FastifyReply): Promise<string | null>
  /** Ends it. */
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>
}

const byStore = new WeakMap<object, Map<string, Peer>>()

/** Registrations that share a session: FranceConnect and FranceConnect+ of one application. */
export function joinPeers(store: object, name: string, peer: Peer): ReadonlyMap<string, Peer> {
  const peers = byStore.get(store) ?? new Map<string, Peer>()
  byStore.set(store, peers)
  if (!peers.has(name)) peers.set(name, peer)
  return peers
}
