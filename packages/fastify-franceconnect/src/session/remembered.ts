/**
 * What this process read lately, at most twice `most` entries. A key enters when it is met again soon after the first
 * time: where more come in turn than fit here, each is read anew, and nothing is kept that would only be collected later.
 */
export interface Remembered<V> {
  get(key: string): V | undefined
  /** Keeps a key that was met before; the value is made for that alone. ASCII. */
  offer(key: string, make: () => V): void
  delete(key: string): void
}

const places = 4096

export function createRemembered<V>(most: number): Remembered<V> {
  let young = new Map<string, V>()
  let old = new Map<string, V>()
  // prints of the keys met, each over the one that was in its place: most strangers are told by it without a Map
  const met = new Int32Array(places)

  function keep(key: string, value: V): void {
    if (young.size >= most) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }

  return {
    get(key) {
      const print = printOf(key)
      if (met[print & (places - 1)] !== print) return undefined
      const known = young.get(key)
      if (known !== undefined) return known
      const older = old.get(key)
      if (older !== undefined) {
        old.delete(key)
        keep(key, older)
      }
      return older
    },
    offer(key, make) {
      const print = printOf(key)
      const place = print & (places - 1)
      if (met[place] === print) keep(owned(key), make())
      else met[place] = print
    },
    delete(key) {
      young.delete(key)
      old.delete(key)
    }
  }
}

/** A copy: a part of a Cookie header would keep the whole of it. ASCII. */
export const owned = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')

/** FNV-1a over the end of a key, which is random in all that is kept here. Never 0. */
function printOf(key: string): number {
  let print = 0x811c9dc5
  for (let at = Math.max(0, key.length - 12); at < key.length; at++) {
    print = Math.imul(print ^ key.charCodeAt(at), 0x01000193)
  }
  return print === 0 ? 1 : print
}
