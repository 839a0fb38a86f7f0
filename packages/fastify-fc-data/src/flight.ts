interface Flight<T> {
  /** `null` once landed: the backing table that a Map leaves behind keeps what it held till a major collection. */
  result: Promise<T> | null
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
      const result = start(abort?.signal)
      flight = { result, waiting: 0, abort }
      this.#flights.set(key, flight)
      const landed = () => this.#land(key, flight!)
      result.then(landed, landed)
    }
    flight.waiting++
    return signal ? this.#abortable(key, flight, signal) : flight.result!
  }

  #land(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
    flight.result = null
  }

  #abortable(key: string, flight: Flight<T>, signal: AbortSignal): Promise<T> {
    const result = flight.result!
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        reject(signal.reason)
        if (--flight.waiting > 0 || !flight.abort) return
        this.#land(key, flight)
        flight.abort.abort()
      }
      signal.addEventListener('abort', giveUp, { once: true })
      const landed = () => signal.removeEventListener('abort', giveUp)
      result.then(landed, landed)
      result.then(resolve, reject)
    })
  }
}
