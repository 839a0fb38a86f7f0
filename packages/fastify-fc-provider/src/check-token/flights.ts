interface Flight<T> {
  result: Promise<T>
  /** Callers still waiting. */
  waiting: number
  abort: AbortController
}

/** Identical work in flight is done once; each caller keeps their own abort. */
export interface Flights<T> {
  /** Joins the flight of this key, or starts it. The work is aborted once every caller has given up. */
  run(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T>
}

export function createFlights<T>(): Flights<T> {
  const flights = new Map<string, Flight<T>>()

  function take(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const known = flights.get(key)
    if (known) return known
    const abort = new AbortController()
    const flight: Flight<T> = { result: start(abort.signal), waiting: 0, abort }
    flights.set(key, flight)
    const landed = () => land(key, flight)
    flight.result.then(landed, landed)
    return flight
  }

  function land(key: string, flight: Flight<T>): void {
    if (flights.get(key) === flight) flights.delete(key)
  }

  return {
    run(key, signal, start) {
      if (signal.aborted) return Promise.reject(signal.reason)
      const flight = take(key, start)
      flight.waiting += 1
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          reject(signal.reason)
          flight.waiting -= 1
          if (flight.waiting > 0) return
          land(key, flight)
          flight.abort.abort()
        }
        signal.addEventListener('abort', giveUp, { once: true })
        const done = () => signal.removeEventListener('abort', giveUp)
        flight.result.then(done, done)
        flight.result.then(resolve, reject)
      })
    }
  }
}
