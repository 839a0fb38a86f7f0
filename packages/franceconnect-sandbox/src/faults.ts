/** What goes wrong, on demand. */
export type FaultKind =
  | 'slow'
  | 'hang'
  | 'down'
  | 'rate-limit'
  | 'error'
  | 'maintenance'
  | 'gateway-timeout'
  | 'broken-json'
  | 'html'
  | 'empty'
  | 'redirect'
  | 'partial'
  | 'cancel'

export interface Fault {
  kind: FaultKind
  /** HTTP status of `error`: when left out 500, and what goes with the code at API Particulier (502). */
  status?: number
  /** Milliseconds that `slow` waits before answering as usual, 2000 when left out. */
  delay?: number
  /** Code of `error` at API Particulier, five digits: `36560`, `51008`, `00501`… */
  code?: string
  /** Seconds announced by `rate-limit` and `maintenance`; at API Particulier also by `error` and `gateway-timeout`. */
  retryAfter?: number
  /** How many requests it lasts; until cleared when left out. */
  times?: number
}

/**
 * Who a fault strikes: one of these, or the name of one API (`dss/quotient-familial`). `citizen` has one kind,
 * `cancel`: the citizen leaves instead of logging in. `franceConnectPlusSignature` has one too, `down`: tokens and userinfo
 * can no longer be signed.
 */
export type FaultTarget =
  | 'franceConnect'
  | 'franceConnectPlus'
  | 'franceConnectPlusSignature'
  | 'apiParticulier'
  | 'dgfip'
  | 'cnam'
  | 'franceTravail'
  | 'citizen'
  | (string & {})

/** The faults switched on, by target. */
export class Faults {
  readonly #active = new Map<string, Fault>()

  /** Switches a fault on; `set('dgfip', 'down')` is `set('dgfip', { kind: 'down' })`. */
  set(target: FaultTarget, fault: Fault | FaultKind): void {
    this.#active.set(target, typeof fault === 'string' ? { kind: fault } : { ...fault })
  }

  /** Switches the fault of one target off, or all of them. */
  clear(target?: FaultTarget): void {
    if (target === undefined) this.#active.clear()
    else this.#active.delete(target)
  }

  /** The fault that strikes this request, the first target that has one; counts it against `times`. */
  take(...targets: FaultTarget[]): Fault | undefined {
    for (const target of targets) {
      const fault = this.#active.get(target)
      if (!fault) continue
      if (fault.times !== undefined) {
        fault.times -= 1
        if (fault.times <= 0) this.#active.delete(target)
      }
      return fault
    }
    return undefined
  }
}
