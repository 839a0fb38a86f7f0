import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AnyReply, AnyRequest } from 'franceconnect-protocol/incoming'
import { refuse } from 'franceconnect-protocol/option-values'
import type { CheckToken } from '../check-token/check-token.ts'
import { introspectionOf } from '../check-token/exchange.ts'
import { failure, isFcProviderError } from '../errors.ts'
import { checked } from '../options/check.ts'
import type { Settings } from '../options/options.ts'
import type { Trace } from '../trace/access.ts'
import { abortOf } from './abort.ts'
import type { Answer } from './answer.ts'
import { challenge, readBearer } from './bearer.ts'
import { callerOf, type FcCaller, type Guarded, recall, remember } from './caller.ts'
import { readRecipient } from './recipient.ts'

/** Scopes of which one is enough, or `{ all }` of which each is needed. */
export type RequiredScopes = readonly [first: string, ...others: string[]] | readonly [{ all: readonly string[] }]

/** What a guard asks, for the documentation of its route. */
export interface Needs {
  scopes: readonly string[]
  all: boolean
}

/**
 * A preHandler: form of the bearer, recipient, checktoken, consumer, scope, in this order. Every active checktoken shows
 * in the citizen's history at FranceConnect: what can be refused before it is.
 */
export type Require = (...scopes: RequiredScopes) => Guard

/** For a server of any kind: http, https, http2. */
export type Guard = (request: AnyRequest, reply: AnyReply) => Promise<unknown>

export interface Guards {
  require: Require
  /** What a hook asks when it is one of these guards. */
  needsOf(hook: unknown): Needs | undefined
}

export interface GuardDoors {
  settings: Settings
  checkToken: CheckToken
  trace: Trace
  answer: Answer
}

export function createGuards({ settings, checkToken, trace, answer }: GuardDoors): Guards {
  const guards = new WeakMap<object, Needs>()

  async function callerFrom(request: FastifyRequest, reply: FastifyReply, { access }: Guarded): Promise<FcCaller> {
    const token = readBearer(request.raw)
    const recipient = settings.recipient === null ? null : readRecipient(request.raw.url ?? '')
    access.asked({ recipient })
    const { signal, release } = abortOf(reply)
    try {
      const { outcome, held } = await checkToken(token, signal)
      const introspection = introspectionOf(outcome, challenge)
      const name = settings.consumers?.get(introspection.consumer) ?? null
      const caller = callerOf(introspection, { name, recipient })
      access.verified(caller, held)
      if (settings.consumers !== null && !settings.consumers.has(caller.consumer)) {
        throw failure('FST_FC_PROVIDER_CONSUMER_REFUSED', 'The service that asks is not one of the option consumers')
      }
      return caller
    } finally {
      release()
    }
  }

  function checkScopes({ scopes }: FcCaller, needs: Needs): readonly string[] {
    const granted = needs.scopes.filter((scope) => scopes.includes(scope))
    if (needs.all ? granted.length === needs.scopes.length : granted.length > 0) return granted
    const code = 'FST_FC_PROVIDER_SCOPE_MISSING'
    const missing = needs.scopes.filter((scope) => !scopes.includes(scope))
    const wanted = needs.all
      ? `chacun de ces scopes : ${missing.join(', ')}`
      : `l’un de ces scopes : ${missing.join(', ')}`
    throw failure(code, `The access token lacks ${needs.all ? '' : 'one of '}${missing.join(', ')}`, {
      detail: `L’usager n’a pas accordé ${wanted}.`,
      scopes: missing,
      headers: challenge(code, needs.scopes)
    })
  }

  async function guard(request: FastifyRequest, reply: FastifyReply, needs: Needs): Promise<FastifyReply | undefined> {
    const state = recall(request) ?? remember(request, { access: trace.begin(request, reply), caller: null })
    reply.header('cache-control', 'no-store')
    try {
      state.caller ??= await callerFrom(request, reply, state)
      state.access.granted(checkScopes(state.caller, needs))
      return undefined
    } catch (error) {
      if (isFcProviderError(error)) return answer(error, request, reply)
      if (!reply.raw.destroyed) throw error
      // the consumer has left: nobody is there to be answered
      reply.hijack()
      return reply
    }
  }

  return {
    require(...scopes) {
      const needs = checked(() => needsFrom(scopes, settings.scopes))
      const hook: Guard = (request, reply) => guard(request as FastifyRequest, reply as FastifyReply, needs)
      guards.set(hook, needs)
      return hook
    },
    needsOf: (hook) => (typeof hook === 'function' ? guards.get(hook) : undefined)
  }
}

function needsFrom(given: readonly unknown[], declared: ReadonlyMap<string, string>): Needs {
  const [first] = given
  const all = given.length === 1 && typeof first === 'object' && first !== null
  const scopes: unknown = all ? (first as { all?: unknown }).all : given
  const expected = `one or several of ${[...declared.keys()].join(', ')}, or { all: […] }`
  if (!Array.isArray(scopes) || scopes.length === 0) {
    return refuse('require()', 'names no scope: an active token alone is not an authorisation', expected)
  }
  for (const scope of scopes) {
    if (typeof scope !== 'string' || !declared.has(scope)) {
      const name = typeof scope === 'string' ? `"${scope}", ` : 'something '
      refuse('require()', `names ${name}which the option "scopes" does not declare`, expected)
    }
  }
  return { scopes: [...new Set<string>(scopes)], all }
}
