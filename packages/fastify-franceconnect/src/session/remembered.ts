/**
 * What this process read lately, each for five minutes at most. Once full it keeps what it has: where more come in turn
 * than fit here, those that are in are found every time, and the others are read anew.
 */
export interface Remembered<V> {
  get(key: string): V | undefined
  /** Keeps it where there is room; the value is made for that alone. ASCII. */
  offer(key: string, make: () => V): void
  delete(key: string): void
}

/** `life` in milliseconds. */
export function createRemembered<V>(most = 10_000, life = 300_000): Remembered<V> {
  let young = new Map<string, V>()
  let old = new Map<string, V>()
  let turn = performance.now() + life / 2

  /** Every half life the old go, by the map: one by one they would leave holes that each look at a map walks over. */
  function age(): void {
    const now = performance.now()
    if (now < turn) return
    const once = now < turn + life / 2
    old = once ? young : new Map()
    young = new Map()
    turn = (once ? turn : now) + life / 2
  }

  return {
    get(key) {
      age()
      return young.get(key) ?? old.get(key)
    },
    offer(key, make) {
      age()
      if (young.size + old.size < most) young.set(owned(key), make())
    },
    delete(key) {
      young.delete(key)
      old.delete(key)
    }
  }
}

/** A copy: a part of a Cookie header would keep the whole of it. ASCII. */
export const owned = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')
