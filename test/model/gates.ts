import { AsyncLocalStorage } from 'node:async_hooks'
import type { Outside } from './outside.ts'

/** One request of a browser, from its start to its answer. */
export interface Visit {
  id: number
  what: string
  done: boolean
  /** Something that it asked has failed. */
  failed: boolean
}

/** Where a visit waits until the run lets it go on: an operation of the store, FranceConnect, the application's own work. */
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
  /** Whose work this is. */
  current(): Visit | null
  /** Waits until everybody is at a gate, waits for time to pass, or is done. */
  settle(): Promise<void>
  /** For the application: waits at a gate. */
  wait(what: string): Promise<void>
  /** For the store: `go` does the operation once the gate is open. */
  hold(what: string, go: () => void, fail: ((after: boolean) => void) | null): void
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
/** More turns of the event loop than anything takes from one gate to the next. */
const turns = 8

export function createGates(outside: Outside): Gates {
  const context = new AsyncLocalStorage<Visit>()
  const pending: Gate[] = []
  let moves = 0

  function push(what: string, go: () => void, fail: ((after: boolean) => void) | null): void {
    const visit = context.getStore() ?? null
    const leave = (then: () => void) => {
      moves += 1
      pending.splice(pending.indexOf(gate), 1)
      if (visit === null) then()
      else context.run(visit, then)
    }
    const gate: Gate = {
      visit,
      what,
      open: () => leave(go),
      fail: fail && ((after) => leave(() => fail(after)))
    }
    moves += 1
    pending.push(gate)
  }

  return {
    pending,
    run: (visit, work) => context.run(visit, work),
    current: () => context.getStore() ?? null,
    async settle() {
      let last = -1
      while (last !== moves) {
        last = moves
        for (let left = turns; left > 0; left--) {
          await outside.empty()
          await turn()
        }
      }
    },
    wait: (what) => new Promise((resolve) => push(what, resolve, null)),
    hold: push
  }
}
