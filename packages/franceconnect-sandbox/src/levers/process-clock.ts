/** The `Date` of this process, moved ahead for as long as one sandbox holds it. */
export interface ProcessClock {
  /** Moves `Date` ahead by so many milliseconds more. */
  advance(milliseconds: number): void
  /** Takes back what was advanced; the last one to leave puts the real `Date` back. */
  release(): void
}

interface Moved {
  real: DateConstructor
  ours: DateConstructor
  /** Milliseconds, the sum of what the holders advanced. */
  ahead: number
  holders: number
}

let moved: Moved | undefined

/**
 * `new Date()`, `Date()` and `Date.now()` are ahead; everything else is the real one's, `instanceof` included: both have
 * one prototype.
 */
function move(): Moved {
  const real = globalThis.Date
  const now = () => real.now() + state.ahead
  const ours: DateConstructor = new Proxy(real, {
    apply: () => new real(now()).toString(),
    construct: (target, given, called): object =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, called === ours ? target : called),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name))
  })
  const state: Moved = { real, ours, ahead: 0, holders: 0 }
  Object.defineProperty(real.prototype, 'constructor', { value: ours, configurable: true, writable: true })
  globalThis.Date = ours
  return state
}

function restore({ real, ours }: Moved): void {
  Object.defineProperty(real.prototype, 'constructor', { value: real, configurable: true, writable: true })
  if (globalThis.Date === ours) globalThis.Date = real
}

/**
 * Takes hold of this process's `Date`. Timers, `performance.now()` and other processes (a Redis, a browser) are not
 * touched; neither is code that kept `Date` or `Date.now` aside before this was called.
 */
export function holdProcessClock(): ProcessClock {
  moved ??= move()
  const held = moved
  held.holders += 1
  let mine = 0
  let released = false
  return {
    advance(milliseconds) {
      if (released) return
      mine += milliseconds
      held.ahead += milliseconds
    },
    release() {
      if (released) return
      released = true
      held.ahead -= mine
      held.holders -= 1
      if (held.holders > 0) return
      restore(held)
      moved = undefined
    }
  }
}
