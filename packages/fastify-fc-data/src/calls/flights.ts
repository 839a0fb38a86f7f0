interface Flight<T> {
  /** `null` once landed: the backing table that a Map leaves behind keeps what it held till a major collection. */
  result: Promise<T> | null
  /** Callers still waiting. */
  waiting: number
  abort: AbortController | null
}

/** Identical work in flight is done once; each caller keeps their own abort. */
export interface Flights<T> {
  none(): boolean
  has(key: string): boolean
  /**
   * Takes a place in the flight of this key, `null` when there is none. The place is good even once the flight has
   * landed; it must be used.
   */
  join(key: string, signal: AbortSignal | undefined): Promise<T> | null
  /** Joins the flight of this key, or starts it. `start` is aborted once every caller has given up. */
  run(key: string, signal: AbortSignal | undefined, start: (signal?: AbortSignal) => Promise<T>): Promise<T>
}

export function createFlights<T>(): Flights<T> {
  const flights = new Map<string, Flight<T>>()

  function land(key: string, flight: Flight<T>): void {
    if (flights.get(key) === flight) flights.delete(key)
    flight.result = null
  }

  function abortable(key: string, flight: Flight<T>, signal: AbortSignal): Promise<T> {
    const result = flight.result!
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        reject(signal.reason)
        if (--flight.waiting > 0 || !flight.abort) return
        land(key, flight)
        flight.abort.abort()
      }
      signal.addEventListener('abort', giveUp, { once: true })
      const landed = () => signal.removeEventListener('abort', giveUp)
      result.then(landed, landed)
      result.then(resolve, reject)
    })
  }

  function join(key: string, signal: AbortSignal | undefined): Promise<T> | null {
    const flight = flights.get(key)
    if (!flight) return null
    flight.waiting++
    return signal ? abortable(key, flight, signal) : flight.result!
  }

  return {
    none: () => flights.size === 0,
    has: (key) => flights.has(key),
    join,
    run(key, signal, start) {
      if (!flights.has(key)) {
        const abort = signal ? new AbortController() : null
        const result = start(abort?.signal)
        const flight = { result, waiting: 0, abort }
        flights.set(key, flight)
        const landed = () => land(key, flight)
        result.then(landed, landed)
      }
      return join(key, signal)!
    }
  }
}
