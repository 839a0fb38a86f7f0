import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'

/** Failures of a provider in a row that open its circuit. */
const FAILURES = 5
/** Milliseconds that an open circuit stays so before one call tries again. */
const OPEN_FOR = 10_000
/** Calls of one provider waiting or on the way, in this process. */
const MAX_CALLS = 2048

/** Why a call did not leave. */
export class CircuitRefusal extends Error {}

/** Spares a provider that is down, and everybody who would wait for it. */
export class Circuit {
  readonly #policy
  #calls = 0

  constructor(isOutage: (error: Error) => boolean) {
    const breaker = new ConsecutiveBreaker(FAILURES)
    this.#policy = circuitBreaker(handleWhen(isOutage), { halfOpenAfter: OPEN_FOR, breaker })
  }

  /** Runs a call, or throws {@link CircuitRefusal} at once. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#calls >= MAX_CALLS) throw new CircuitRefusal('too many calls are waiting for it')
    if (this.#policy.state === CircuitState.HalfOpen) throw new CircuitRefusal('it was down, one call is trying')
    this.#calls++
    try {
      return await this.#policy.execute(call)
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new CircuitRefusal('it is down, it will be tried again shortly')
      throw error
    } finally {
      this.#calls--
    }
  }
}
