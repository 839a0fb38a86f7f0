import { errors } from '../errors.ts'

/** Every kind of fault. */
export const faultKinds = [
  'slow',
  'hang',
  'down',
  'rate-limit',
  'error',
  'maintenance',
  'gateway-timeout',
  'broken-json',
  'html',
  'empty',
  'redirect',
  'partial',
  'cancel'
] as const

/** What goes wrong, on demand. */
export type FaultKind = (typeof faultKinds)[number]

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
export type FaultTarget = (typeof faultTargets)[number] | (string & {})

/** The targets that are no API. */
export const faultTargets = [
  'franceConnect',
  'franceConnectPlus',
  'franceConnectPlusSignature',
  'apiParticulier',
  'dgfip',
  'cnam',
  'franceTravail',
  'citizen'
] as const

const whole = { delay: 'milliseconds', retryAfter: 'seconds', times: 'requests' } as const

function checkFault({ kind, status, ...numbers }: Fault, target: string): void {
  const refuse = (sentence: string) => new errors.invalidOptions(`fault of ${target}: ${sentence}`)
  if (!faultKinds.includes(kind)) throw refuse(`kind is ${faultKinds.join(', ')}`)
  if (target === 'citizen' && kind !== 'cancel') throw refuse('kind is cancel, the only one of a citizen')
  if (target !== 'citizen' && kind === 'cancel') throw refuse('cancel is the fault of citizen')
  if (target === 'franceConnectPlusSignature' && kind !== 'down') throw refuse('kind is down, the only one')
  if (status !== undefined && !(Number.isInteger(status) && status >= 400 && status <= 599)) {
    throw refuse('status is from 400 to 599')
  }
  for (const [name, unit] of Object.entries(whole)) {
    const value = numbers[name as keyof typeof whole]
    if (value !== undefined && !(Number.isInteger(value) && value >= 0)) throw refuse(`${name} is a number of ${unit}`)
  }
}

/** The faults switched on, by target. */
export interface Faults {
  /** Every target that exists. */
  readonly targets: string[]
  /** The faults switched on. */
  readonly active: { target: FaultTarget; fault: Fault }[]
  /**
   * Switches a fault on; `set('dgfip', 'down')` is `set('dgfip', { kind: 'down' })`.
   *
   * @throws FST_FC_SANDBOX_INVALID_OPTIONS when there is no such target, kind or number.
   */
  set(target: FaultTarget, fault: Fault | FaultKind): void
  /** Switches the fault of one target off, or all of them. */
  clear(target?: FaultTarget): void
  /** The fault that strikes this request, the first target that has one; counts it against `times`. */
  take(...targets: FaultTarget[]): Fault | undefined
}

/** @param apis the names of API that exist; any name when left out. */
export function createFaults(apis?: () => readonly string[]): Faults {
  const active = new Map<string, Fault>()
  const targets = () => [...faultTargets, ...(apis?.() ?? [])]

  return {
    get targets() {
      return targets()
    },
    get active() {
      return [...active].map(([target, fault]) => ({ target, fault: { ...fault } }))
    },
    set(target, fault) {
      if (apis && !targets().includes(target)) {
        throw new errors.invalidOptions(`nothing is called ${target}: a fault strikes ${targets().join(', ')}`)
      }
      const given = typeof fault === 'string' ? { kind: fault } : { ...fault }
      checkFault(given, target)
      active.set(target, given)
    },
    clear(target) {
      if (target === undefined) active.clear()
      else active.delete(target)
    },
    take(...struck) {
      for (const target of struck) {
        const fault = active.get(target)
        if (!fault) continue
        if (fault.times !== undefined) {
          fault.times -= 1
          if (fault.times <= 0) active.delete(target)
        }
        return fault
      }
      return undefined
    }
  }
}
