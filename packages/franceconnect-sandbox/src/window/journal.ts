import { begins, namesAsked, namesGiven } from './correlation.ts'
import type { Exchange } from './exchange.ts'

/** One login, from `authorize` to the end of its token, or what belongs to none. */
export interface Journey {
  id: number
  /** In the order in which they arrived. */
  exchanges: Exchange[]
  names: Set<string>
}

/** What is kept: nothing grows with use. */
export const limits = { journeys: 50, exchanges: 150, alone: 60, bytes: 12_000_000 }

/** The logins that the sandbox saw, the last ones. */
export interface Journal {
  /** Puts an exchange where it belongs and returns that login, or undefined when it belongs to none. */
  add(exchange: Exchange): Journey | undefined
  journeys(): Journey[]
  /** Exchanges that belong to no login: discovery, keys, a code that nobody gave. */
  alone(): Exchange[]
  find(exchangeId: number): { exchange: Exchange; journey: Journey | undefined } | undefined
  clear(): void
}

const weight = ({ requestBody, responseBody, path }: Exchange) =>
  2000 + requestBody.length + responseBody.length + path.length

/** Keeps the last logins, within `limits`. */
export function createJournal(): Journal {
  const journeys = new Map<number, Journey>()
  const byName = new Map<string, Journey>()
  let alone: Exchange[] = []
  let bytes = 0
  let count = 0

  function open(): Journey {
    count += 1
    const journey: Journey = { id: count, exchanges: [], names: new Set() }
    journeys.set(journey.id, journey)
    return journey
  }

  function bind(journey: Journey, names: string[]): void {
    for (const name of names) {
      byName.get(name)?.names.delete(name)
      byName.set(name, journey)
      journey.names.add(name)
    }
  }

  function forget(journey: Journey): void {
    journeys.delete(journey.id)
    for (const name of journey.names) byName.delete(name)
    for (const exchange of journey.exchanges) bytes -= weight(exchange)
  }

  function shrink(): void {
    while (journeys.size > 1 && (journeys.size > limits.journeys || bytes > limits.bytes)) {
      forget(journeys.values().next().value!)
    }
  }

  function insert(list: Exchange[], exchange: Exchange, most: number): void {
    const after = list.findLastIndex(({ id }) => id < exchange.id)
    list.splice(after + 1, 0, exchange)
    bytes += weight(exchange)
    for (const dropped of list.splice(0, Math.max(0, list.length - most))) bytes -= weight(dropped)
  }

  return {
    add(exchange) {
      const asked = namesAsked(exchange)
      const known = asked.map((name) => byName.get(name)).find((journey) => journey !== undefined)
      const journey = begins(exchange) ? open() : known
      if (!journey) {
        insert(alone, exchange, limits.alone)
        return undefined
      }
      insert(journey.exchanges, exchange, limits.exchanges)
      bind(journey, begins(exchange) ? [...asked, ...namesGiven(exchange)] : namesGiven(exchange))
      shrink()
      return journey
    },
    journeys: () => [...journeys.values()],
    alone: () => alone,
    find(exchangeId) {
      for (const journey of journeys.values()) {
        const exchange = journey.exchanges.find(({ id }) => id === exchangeId)
        if (exchange) return { exchange, journey }
      }
      const exchange = alone.find(({ id }) => id === exchangeId)
      return exchange && { exchange, journey: undefined }
    },
    clear() {
      journeys.clear()
      byName.clear()
      alone = []
      bytes = 0
    }
  }
}
