import type { IncomingMessage } from 'node:http'

/** What the sandbox knows of a request beyond its bytes, for the window. */
export interface Note {
  /** Code of FranceConnect's error page or JSON. */
  code?: string
  /** What was wrong, in French. */
  hint?: string
  /** What `checktoken` said inside its sealed answer. */
  introspection?: Record<string, unknown>
  /** The citizen who was identified. */
  citizenId?: string
}

const notes = new WeakMap<IncomingMessage, Note>()

/** Writes something down about a request; nothing of it reaches the wire. */
export function note(request: IncomingMessage, said: Note): void {
  notes.set(request, { ...notes.get(request), ...said })
}

/** What was written down. */
export const noteOf = (request: IncomingMessage): Note => notes.get(request) ?? {}
