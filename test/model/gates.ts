import { AsyncLocalStorage } from 'node:async_hooks'

/** One request of a browser, from its start to its answer. */
export interface Visit {
  id: number
  what: string
  /** Gates that it waits at. */
  waiting: number
  done: boolean
}

/** Where a visit waits until the run lets it go on: an operation of the store, or the application's own work. */
export interface Gate {
  visit: Visit | null
  what: string
  open(): void
  /** `null` where nothing can fail. `after`: it was done, and the answer was lost. */
  fail: ((after: boolean) => void) | null
}

export interface Gates {
  readonly pending: Gate[]
  run<T>(visit: Visit, work: () => T): T
  /** Waits until every visit is at a gate, or over. */
  settle(): Promise<void>
  /** For the application: waits at a gate. */
  wait(what: string): Promise<void>
  /** For the store: `go` does the operation once the gate is open. */
  hold(what: string, go: () => void, fail: (after: boolean) => void): void
}

export const stalls = { count: 0 }
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
/** Milliseconds without progress after which a visit is taken to wait for another one. */
const stuck = 25

export function createGates(visits: () => readonly Visit[]): Gates {
  const context = new AsyncLocalStorage<Visit>()
  const pending: Gate[] = []

  function push(what: string, go: () => void, fail: ((after: boolean) => void) | null): void {
    const visit = context.getStore() ?? null
    if (visit !== null) visit.waiting += 1
    const leave = (then: () => void) => {
      pending.splice(pending.indexOf(gate), 1)
      if (visit === null) return then()
      visit.waiting -= 1
      context.run(visit, then)
    }
    const gate: Gate = {
      visit,
      what,
      open: () => leave(go),
      fail: fail && ((after) => leave(() => fail(after)))
    }
    pending.push(gate)
  }

  return {
    pending,
    run: (visit, work) => context.run(visit, work),
    async settle() {
      const running = () => visits().filter((visit) => !visit.done && visit.waiting === 0).length
      const progress = () => `${running()} ${pending.length}`
      let last = progress()
      let since = performance.now()
      await turn()
      while (running() > 0 && performance.now() - since < stuck) {
        await turn()
        const now = progress()
        if (now !== last) [last, since] = [now, performance.now()]
      }
      if (running() > 0) stalls.count += 1
      await turn()
    },
    wait: (what) => new Promise((resolve) => push(what, resolve, null)),
    hold: (what, go, fail) => push(what, go, fail)
  }
}
