import { failure } from '../errors.ts'

/** Lets few in at once; the others wait their turn, each as long as `timeout` milliseconds. */
export interface Gate {
  /** Throws `FST_FC_UNAVAILABLE` when the turn does not come. */
  pass<T>(work: () => Promise<T>): Promise<T>
}

export function createGate(most: number, timeout: number): Gate {
  let inside = 0
  const waiting = new Set<() => void>()

  function turn(): Promise<void> {
    if (inside < most) {
      inside += 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.delete(enter)
        reject(failure('FST_FC_UNAVAILABLE', 'too many logins wait for FranceConnect'))
      }, timeout)
      waiting.add(enter)
    })
  }

  function leave(): void {
    const [next] = waiting
    if (next === undefined) {
      inside -= 1
      return
    }
    waiting.delete(next)
    next()
  }

  return {
    async pass(work) {
      await turn()
      try {
        return await work()
      } finally {
        leave()
      }
    }
  }
}
