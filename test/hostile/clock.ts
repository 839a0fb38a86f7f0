/** Runs `work` with this process's clock moved by `seconds`: plugin, provider and browser see the same time. */
export async function atClock<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  const Real = globalThis.Date
  const now = (): number => Real.now() + seconds * 1000
  globalThis.Date = class extends Real {
    constructor(...given: [value?: number | string]) {
      if (given.length === 0) super(now())
      else super(...(given as [number]))
    }

    static override now(): number {
      return now()
    }
  } as DateConstructor
  try {
    return await work()
  } finally {
    globalThis.Date = Real
  }
}
