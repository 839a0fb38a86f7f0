import { refuse } from 'franceconnect-protocol/option-values'

/** How many parameters @fastify/session gives to a store's functions, the callback included. */
const parameters = { get: 2, set: 3, destroy: 2 } as const

const expected =
  'an object whose get(id, callback), set(id, session, callback) and destroy(id, callback) call back, such as connect-redis gives: new RedisStore({ client })'

/**
 * A store of promises, or a Redis client, would leave every request waiting: its functions take no callback.
 * Throws `FST_FC_INVALID_OPTIONS`.
 */
export function checkStore(store: unknown): void {
  for (const [name, count] of Object.entries(parameters)) {
    const method = (store as Record<string, unknown> | null)?.[name]
    if (typeof method !== 'function') refuse('session.store', `has no function ${name}`, expected)
    if (method.length < count && !hasMore(method))
      refuse('session.store', `takes no callback: its ${name} has ${method.length} parameters, not ${count}`, expected)
  }
}

/** Defaults and the rest are not counted: `get(id, callback = noop)` has one parameter for JavaScript. */
function hasMore(method: object): boolean {
  const [list = ''] = /\([^)]*/.exec(Function.prototype.toString.call(method)) ?? []
  return /,[^,]*=|\.\.\./.test(list)
}
