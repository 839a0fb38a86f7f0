import { createRequire } from 'node:module'
import type { Agent, Dispatcher } from 'undici'
import { oldDispatcher } from './failure.ts'

export type { Dispatcher }

export interface AgentOptions {
  /** Connections to one origin, at most; `null` for no bound. */
  connections: number | null
  /** Milliseconds given to open one. */
  connectTimeout: number
}

/** Only undici's Agent, and only where it is used: the whole of undici costs 40 milliseconds more at start. */
export function openAgent({ connections, connectTimeout }: AgentOptions): Agent {
  const Alone: typeof Agent = createRequire(import.meta.url)('undici/lib/dispatcher/agent.js')
  return new Alone({ connections, pipelining: 1, connect: { timeout: connectTimeout }, keepAliveTimeout: 10_000 })
}

/**
 * What is wrong with a dispatcher, `undefined` when nothing shows before it is used: one of undici 6 takes other handlers.
 * It is asked to dispatch nothing, which each version refuses in its own words.
 */
export function dispatcherFlaw(dispatcher: Dispatcher): string | undefined {
  let made: object | null = Object.getPrototypeOf(dispatcher)
  while (made && made.constructor.name !== 'DispatcherBase') made = Object.getPrototypeOf(made)
  if (!made) return undefined
  try {
    const nothing = null as unknown as Dispatcher.DispatchOptions
    dispatcher.dispatch(nothing, { onRequestStart: () => undefined, onResponseError: () => undefined })
  } catch (error) {
    if (oldDispatcher.test((error as Error).message)) return 'is a dispatcher of undici 6: install undici 7'
  }
  return undefined
}
