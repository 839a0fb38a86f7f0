/**
 * What was read lately by this process, at most twice `most` entries. A key enters when it is met again soon after the
 * first time: where more come in turn than fit here, each alone is read anew and nothing is kept that would only be
 * collected later.
 */
export interface Remembered<V> {
  get(key: string): V | undefined
  /** Whether `set` would be worth it. */
  metAgain(key: string): boolean
  set(key: string, value: V): void
  delete(key: string): void
}

const places = 4096

export function createRemembered<V>(most: number): Remembered<V> {
  let young = new Map<string, V>()
  let old = new Map<string, V>()
  // prints of keys met once, each new one over the one that was in its place
  const met = new Int32Array(places)

  function set(key: string, value: V): void {
    if (young.size >= most) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }

  return {
    get(key) {
      const known = young.get(key)
      if (known !== undefined) return known
      const older = old.get(key)
      if (older !== undefined) {
        old.delete(key)
        set(key, older)
      }
      return older
    },
    metAgain(key) {
      const print = printOf(key)
      const place = print & (places - 1)
      if (met[place] === print) return true
      met[place] = print
      return false
    },
    set(key, value) {
      old.delete(key)
      set(key, value)
    },
    delete(key) {
      young.delete(key)
      old.delete(key)
    }
  }
}

/** FNV-1a over the end of a key, which is random in all that is kept here. Never 0. */
function printOf(key: string): number {
  let print = 0x811c9dc5
  for (let at = Math.max(0, key.length - 12); at < key.length; at++) {
    print = Math.imul(print ^ key.charCodeAt(at), 0x01000193)
  }
  return print === 0 ? 1 : print
}
