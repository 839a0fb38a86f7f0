import type { FastifyBaseLogger } from 'fastify'
import type { FcDataStore } from './memory-store.ts'

/** Milliseconds given to the store: a store that hangs must not hang the page. */
const TIMEOUT = 2000
/** Milliseconds that a store that hung is left alone: one page would otherwise wait for it several times. */
const LEFT_ALONE = 5000

/** The user's store, which may fail or hang: that costs what is held, never the page. */
export interface CarefulStore {
  /** `null` too when the store fails. */
  get(key: string): Promise<string | null>
  /** False when the store fails. */
  set(key: string, value: string, seconds: number): Promise<boolean>
  /** Always asked, a store left alone included: a logout must be heard. */
  delete(key: string): Promise<boolean>
}

const LATE = Symbol('the store did not answer in time')

async function inTime<T>(work: Promise<T>): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT, LATE)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** True once it is over; a store of one's own may not be asynchronous. */
async function done(work: unknown): Promise<true> {
  await work
  return true
}

/** A store may answer `undefined`, or bytes where a client is set so: that is nothing. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : null)

export function createCarefulStore(store: FcDataStore, log: FastifyBaseLogger): CarefulStore {
  let leftAloneUntil = Number.NEGATIVE_INFINITY

  async function asked<T>(what: string, work: () => Promise<T>, otherwise: T, always = false): Promise<T> {
    if (!always && performance.now() < leftAloneUntil) return otherwise
    try {
      const result = await inTime(work())
      if (result !== LATE) return result
      leftAloneUntil = performance.now() + LEFT_ALONE
      log.warn({ store: what, code: 'ETIMEDOUT' }, 'fcData: the store of held answers failed')
    } catch (error) {
      const { code, name } = (error ?? {}) as { code?: string; name?: string }
      log.warn({ store: what, code: code ?? name }, 'fcData: the store of held answers failed')
    }
    return otherwise
  }

  return {
    get: (key) => asked('read', async () => textOf(await store.get(key)), null),
    set: (key, value, seconds) => asked('write', async () => done(store.set(key, value, Math.ceil(seconds))), false),
    delete: (key) => asked('delete', async () => done(store.delete(key)), false, true)
  }
}
