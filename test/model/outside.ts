/**
 * What is under way outside this process's event loop (FranceConnect's answers, WebCrypto's threads, Redis), counted:
 * once nothing is, a fixed number of turns tells that everybody waits, however long each took.
 */
export interface Outside {
  enter(): void
  leave(): void
  /** Resolves once nothing is under way. */
  empty(): Promise<void>
  restore(): void
}

const methods = ['decrypt', 'deriveBits', 'digest', 'encrypt', 'importKey', 'sign', 'unwrapKey', 'verify'] as const

export function watchOutside(): Outside {
  let inside = 0
  let waiting: (() => void)[] = []
  const outside: Outside = {
    enter() {
      inside += 1
    },
    leave() {
      inside -= 1
      if (inside > 0) return
      for (const go of waiting) go()
      waiting = []
    },
    empty: () => (inside === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    restore: () => {
      for (const undo of undone) undo()
    }
  }
  const undone = methods.map((name) => {
    const { subtle } = globalThis.crypto
    const real = subtle[name] as (...given: unknown[]) => Promise<unknown>
    const counted = (...given: unknown[]) => {
      outside.enter()
      return real.apply(subtle, given).finally(outside.leave)
    }
    Object.defineProperty(subtle, name, { value: counted, configurable: true, writable: true })
    return () => Reflect.deleteProperty(subtle, name)
  })
  return outside
}
