/** How many parameters @fastify/session gives to a store's functions, the callback included. */
const parameters = { get: 2, set: 3, destroy: 2 } as const

const expected =
  'an object whose get(id, callback), set(id, session, callback) and destroy(id, callback) call back, such as connect-redis gives: new RedisStore({ client })'

/**
 * Why a store cannot serve: one of promises, or a Redis client, would leave every request waiting, since its functions
 * take no callback. `null` for one that seems to.
 */
export function storeProblem(store: unknown): [problem: string, expected: string] | null {
  for (const [name, count] of Object.entries(parameters)) {
    const method = (store as Record<string, unknown> | null)?.[name]
    if (typeof method !== 'function') return [`has no function ${name}`, expected]
    if (method.length < count && !hasMore(method))
      return [`takes no callback: its ${name} has ${method.length} parameters, not ${count}`, expected]
  }
  return null
}

/**
 * Defaults and the rest are not counted: `get(id, callback = noop)` has one parameter for JavaScript. A default that is
 * an object, a number or a text is that of no callback.
 */
function hasMore(method: object): boolean {
  const [list = ''] = /\([^)]*/.exec(Function.prototype.toString.call(method)) ?? []
  const last = list.split(',').slice(1).at(-1) ?? ''
  return list.includes('...') || (last !== '' && list.includes('=') && !/=\s*[{[\d'"`-]/.test(last))
}
