interface Flight<T> {
  result: Promise<T>
  /** Callers still waiting. */
  waiting: number
  abort: AbortController | null
}

/** Identical work in flight is done once; each caller keeps their own abort. */
export class Flights<T> {
  readonly #flights = new Map<string, Flight<T>>()

  /** Joins the flight of this key, or starts it. `start` is aborted once every caller has given up. */
  run(key: string, signal: AbortSignal | undefined, start: (signal?: AbortSignal) => Promise<T>): Promise<T> {
    let flight = this.#flights.get(key)
    if (!flight) {
      const abort = signal ? new AbortController() : null
      flight = { result: start(abort?.signal), waiting: 0, abort }
      this.#flights.set(key, flight)
      const landed = () => this.#land(key, flight!)
      flight.result.then(landed, landed)
    }
    flight.waiting++
    return signal ? this.#abortable(key, flight, signal) : flight.result
  }

  #land(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }

  #abortable(key: string, flight: Flight<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        reject(signal.reason)
        if (--flight.waiting > 0 || !flight.abort) return
        this.#land(key, flight)
        flight.abort.abort()
      }
      signal.addEventListener('abort', giveUp, { once: true })
      const landed = () => signal.removeEventListener('abort', giveUp)
      flight.result.then(landed, landed)
      flight.result.then(resolve, reject)
    })
  }
}
