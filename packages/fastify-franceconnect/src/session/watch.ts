/** What @fastify/session puts on a request: `null` once destroyed, without methods where its cookie does not reach. */
export type Session = Record<string, unknown> & {
  sessionId?: string
  encryptedSessionId?: string
  cookie?: { domain?: string | null; path?: string; secure?: unknown; expires?: unknown }
  regenerate?(...given: unknown[]): unknown
  destroy?(...given: unknown[]): unknown
  save?(): Promise<void>
  reload?(...given: unknown[]): unknown
  isSaved?(): boolean
}

/** What the application does with the session of a login. */
export interface Watch {
  /** `regenerate()`: the names to keep. */
  regenerated(keys: readonly string[]): Promise<void>
  /** `destroy()`: before the session goes. */
  destroyed(): Promise<void>
  /** `reload()`: another object has taken the session's place. */
  reloaded(): Promise<void>
}

/** What stands in for the session's own functions, beside what is told. */
interface StandIns extends Watch {
  destroy?(): void
  save?(): Promise<void>
  reload?(): Promise<void>
}

type Done = (error?: unknown) => void

/**
 * Follows what the application does with a session, in both styles of @fastify/session: a promise, or a callback.
 * Members that are not enumerable: neither stored nor compared.
 */
export function watchSession(session: Session, stand: StandIns): void {
  const { destroy, reload } = session
  define(session, 'regenerate', (...given: unknown[]) => {
    const keys = Array.isArray(given[0]) ? (given[0] as string[]) : []
    return answered(stand.regenerated(keys), given.at(-1))
  })
  define(session, 'destroy', (...given: unknown[]) => {
    const gone = stand.destroyed().then(async () => stand.destroy?.() ?? (await destroy?.call(session)))
    return answered(gone as Promise<void>, given.at(-1))
  })
  define(session, 'reload', (...given: unknown[]) => {
    const back = (stand.reload?.() ?? Promise.resolve(reload?.call(session))).then(() => stand.reloaded())
    return answered(back, given.at(-1))
  })
  const { save } = stand
  if (save) define(session, 'save', (...given: unknown[]) => answered(save(), given.at(-1)))
}

export function define(session: Session, name: string, value: unknown): void {
  Object.defineProperty(session, name, { value, configurable: true, writable: true })
}

export function answered(work: Promise<void>, callback: unknown): Promise<void> | undefined {
  if (typeof callback !== 'function') return work
  work.then(
    () => (callback as Done)(),
    (error) => (callback as Done)(error)
  )
  return undefined
}
