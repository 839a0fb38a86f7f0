import { IncomingMessage } from './node-http.ts'

export type { AnyReply, AnyRequest } from './any-server.ts'

/** A request of Node's own, as its framework took it in: what Express and middie are handed is the first alone. */
export interface TakenIn<Request = unknown, Reply = unknown> {
  readonly request: Request
  readonly reply: Reply
  /** Path and query before anybody cut or decoded them: Express does both to `url` while it looks for a route. */
  readonly url: string
}

const met: unique symbol = Symbol.for('franceconnect.taken-in')

interface Raw {
  url?: string | undefined
  [met]?: TakenIn
}

/**
 * Keeps with a request of Node's own what it is to the framework, and lets whoever has the first read `name` of the
 * second: `raw.franceConnect` is `request.franceConnect`, looked at when it is read. An assignment replaces it.
 */
export function takeIn(name: string, raw: Raw, request: unknown, reply: unknown): void {
  // hidden: nothing that prints or copies the request looks at it
  if (raw[met] === undefined) Object.defineProperty(raw, met, { value: { request, reply, url: raw.url ?? '/' } })
  Object.defineProperty(raw, name, accessor(name))
}

/** Whether a Fastify server carries middlewares, of Express or of anybody: @fastify/express and @fastify/middie give it `use`. */
export function carriesMiddlewares(server: object): boolean {
  return 'use' in server
}

/** What a request of Node's own is to the framework; `undefined` for anything else, the framework's request too. */
export function takenIn<Request, Reply>(given: unknown): TakenIn<Request, Reply> | undefined {
  return (given as Raw)[met] as TakenIn<Request, Reply> | undefined
}

/** Path and query of the framework's request, as it was when it came in. */
export function urlAsked({ url, raw }: { readonly url: string; readonly raw: unknown }): string {
  return (raw as Raw)[met]?.url ?? url
}

/** Whether it is a request of Node's own that was not taken in: somebody ran before the plugin's hook. */
export function isStranger(given: unknown): boolean {
  return given instanceof IncomingMessage && takenIn(given) === undefined
}

const accessors = new Map<string, PropertyDescriptor>()

function accessor(name: string): PropertyDescriptor {
  const known = accessors.get(name)
  if (known !== undefined) return known
  const descriptor: PropertyDescriptor = {
    configurable: true,
    get(this: Raw) {
      return (this[met] as TakenIn<Record<string, unknown>>).request[name]
    },
    set(this: Raw, value: unknown) {
      Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true })
    }
  }
  accessors.set(name, descriptor)
  return descriptor
}
