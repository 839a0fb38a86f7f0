/** This process's clock, moved: plugin, provider, store and browsers see the same time. */
export interface MovedClock {
  advance(seconds: number): void
  restore(): void
}

export function moveClock(): MovedClock {
  const Real = globalThis.Date
  let ahead = 0
  const now = (): number => Real.now() + ahead
  globalThis.Date = class extends Real {
    constructor(...given: [value?: number | string]) {
      if (given.length === 0) super(now())
      else super(...(given as [number]))
    }

    static override now(): number {
      return now()
    }
  } as DateConstructor
  return {
    advance(seconds) {
      ahead += seconds * 1000
    },
    restore() {
      globalThis.Date = Real
    }
  }
}
