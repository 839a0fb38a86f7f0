import type { FastifyBaseLogger } from 'fastify'
import type { Answer } from './answer.ts'
import { type FcDataError, fcDataError } from './errors.ts'
import type { FcDataStore } from './memory-store.ts'
import type { Sealer } from './seal.ts'

/** A held answer, or the error of a call made at the callback. */
export interface HeldEntry {
  /** Milliseconds since the epoch. */
  until: number
  answer?: Answer
  error?: Pick<FcDataError, 'code' | 'message' | 'providerStatusCode' | 'providerErrors' | 'correlationId'> & {
    retryAfter?: number
  }
}

type Entries = [key: string, entry: HeldEntry][]

/** Seconds that the outcome of a call made at the callback is kept for the page that asked for it. */
export const KEPT_FOR_THE_PAGE = 60
/** Milliseconds given to the store: a store that hangs must not hang the page. */
const STORE_TIMEOUT = 2000
/** Milliseconds that a store that hung is left alone: one page would otherwise wait for it several times. */
const LEFT_ALONE = 5000
const MAX_ENTRIES = 32
const MAX_TEXT = 512 * 1024

export function heldError(api: string, provider: string, error: NonNullable<HeldEntry['error']>): FcDataError {
  const { code, message, ...details } = error
  return fcDataError(code, message, { api, provider, ...details })
}

class StoreHangs extends Error {
  readonly code = 'ETIMEDOUT'
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new StoreHangs('the store did not answer in time')), STORE_TIMEOUT)
    const done = () => clearTimeout(timer)
    work.then(done, done)
  })
  return Promise.race([work, late])
}

function bounded(entries: Entries): Entries {
  let size = 0
  const fits = entries
    .slice(-MAX_ENTRIES)
    .reverse()
    .filter(([, entry]) => {
      size += entry.answer?.text.length ?? 0
      return size <= MAX_TEXT
    })
  return fits.reverse()
}

export interface HoldOptions {
  store: FcDataStore
  sealer: Sealer
  /** Seconds, or `false` to hold nothing. */
  seconds: number | false
  /**
   * True where logins are announced by `open`: an answer that comes back after the logout finds no key and is dropped,
   * whichever process made the call.
   */
  opened: boolean
  log: FastifyBaseLogger
}

/** Answers held for one login, sealed for it under one key of the store. */
export class Hold {
  readonly #options: HoldOptions
  readonly #writes = new Map<string, Promise<void>>()
  #leftAloneUntil = 0

  constructor(options: HoldOptions) {
    this.#options = options
  }

  get enabled(): boolean {
    return this.#options.seconds !== false
  }

  /** Makes the place of a login that begins. */
  async open(loginId: string): Promise<void> {
    if (this.enabled) await this.#queue(loginId, () => this.#save(loginId, []))
  }

  async read(loginId: string, key: string): Promise<HeldEntry | null> {
    if (!this.enabled) return null
    const entries = await this.#load(loginId).catch((error) => this.#complain(error, 'read'))
    return entries?.find(([name, { until }]) => name === key && until > Date.now())?.[1] ?? null
  }

  /** Keeps an entry, `until` being set from the option, or for the page when that is longer. */
  async write(loginId: string, key: string, entry: Omit<HeldEntry, 'until'>, forThePage: boolean): Promise<void> {
    const { seconds, opened } = this.#options
    if (seconds === false) return
    const life = entry.error ? KEPT_FOR_THE_PAGE : Math.max(seconds, forThePage ? KEPT_FOR_THE_PAGE : 0)
    await this.#queue(loginId, async () => {
      const known = await this.#load(loginId)
      if (known === null && opened) return
      const now = Date.now()
      const others = (known ?? []).filter(([name, { until }]) => name !== key && until > now)
      await this.#save(loginId, bounded([...others, [key, { ...entry, until: now + life * 1000 }]]))
    })
  }

  /** Forgets everything of a login. */
  async forget(loginId: string): Promise<void> {
    await this.#queue(loginId, async () => {
      await inTime(this.#options.store.delete(this.#key(loginId)))
    })
  }

  async #load(loginId: string): Promise<Entries | null> {
    const sealed = await this.#asked((store) => store.get(this.#key(loginId)))
    const text = sealed ? this.#options.sealer.unseal(sealed, `fc-data ${loginId}`) : null
    return text === null ? null : JSON.parse(text)
  }

  async #save(loginId: string, entries: Entries): Promise<void> {
    const { sealer, seconds } = this.#options
    const value = sealer.seal(JSON.stringify(entries), `fc-data ${loginId}`)
    const life = Math.max(Number(seconds), KEPT_FOR_THE_PAGE)
    await this.#asked((store) => store.set(this.#key(loginId), value, life))
  }

  /** Reads and writes only: a logout always asks the store to forget. */
  async #asked<T>(work: (store: FcDataStore) => Promise<T>): Promise<T> {
    if (performance.now() < this.#leftAloneUntil) throw new StoreHangs('the store is left alone for a while')
    try {
      return await inTime(work(this.#options.store))
    } catch (error) {
      if (error instanceof StoreHangs) this.#leftAloneUntil = performance.now() + LEFT_ALONE
      throw error
    }
  }

  #key(loginId: string): string {
    return `fc-data:${this.#options.sealer.hash(loginId, 'fc-data key')}`
  }

  /** One write at a time for a login, so that two answers never lose one another. A failure is logged, not thrown. */
  #queue(loginId: string, work: () => Promise<void>): Promise<void> {
    const previous = this.#writes.get(loginId) ?? Promise.resolve()
    const next = previous.then(work).catch((error) => void this.#complain(error, 'write'))
    this.#writes.set(loginId, next)
    return next.finally(() => {
      if (this.#writes.get(loginId) === next) this.#writes.delete(loginId)
    })
  }

  #complain(error: unknown, what: string): null {
    const { code, name } = (error ?? {}) as { code?: string; name?: string }
    this.#options.log.warn({ store: what, code: code ?? name }, 'fcData: the store of held answers failed')
    return null
  }
}
