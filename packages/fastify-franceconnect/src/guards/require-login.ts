import type { IncomingMessage as NodeRequest, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AcrValues, isAtLeast, isLevel, platformOf } from 'franceconnect-protocol/acr'
import type { AnyReply, AnyRequest } from 'franceconnect-protocol/incoming'
import { failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import { IncomingMessage } from '../pages/requests/node-http.ts'
import { isOwnRoute } from '../pages/requests/own-route.ts'
import type { Login } from '../session/login.ts'
import { type Challenge, loginRequired } from './challenge.ts'
import { type Next, passedBy } from './express.ts'
import { neverKept } from './no-store.ts'

export interface RequireLoginOptions {
  /** Level that the page needs, when it is higher than the registration's. */
  acrValues?: AcrValues | undefined
}

/** A preHandler, for a server of any kind; in an Express or middie application inside Fastify, a middleware. */
export interface LoginGuard {
  (request: AnyRequest, reply: AnyReply): Promise<unknown>
  (request: NodeRequest, response: ServerResponse, next: Next): Promise<unknown>
}

export type RequireLogin = (options?: RequireLoginOptions) => LoginGuard

interface RequireLoginParts {
  settings: Settings
  challenge: Challenge
  loginOf(request: FastifyRequest): Login | null
}

/** Makes preHandlers that let a request through only with a login, of the level asked. */
export function createRequireLogin({ settings, challenge, loginOf }: RequireLoginParts): RequireLogin {
  /** Why a request is not let through; `null` when it is. */
  function refusalOf(request: FastifyRequest, acrValues: AcrValues): Error | null {
    const login = loginOf(request)
    if (login !== null && isAtLeast(login.acr, acrValues)) {
      neverKept(request)
      return null
    }
    if (isOwnRoute(request)) return null
    return login === null ? loginRequired() : failure('FST_FC_ACR_TOO_LOW', `${login.acr} in place of ${acrValues}`)
  }

  return (given) => {
    const options = given ?? {}
    if (isRequest(options)) throw notCalled()
    const unknown = Object.keys(options).find((name) => name !== 'acrValues')
    if (unknown !== undefined) {
      throw failure(
        'FST_FC_INVALID_OPTIONS',
        `requireLogin() was given "${unknown}", which is unknown; expected acrValues.`
      )
    }
    const acrValues = options.acrValues ?? settings.acrValues
    if (!isLevel(acrValues) || platformOf(acrValues) !== settings.platform) {
      throw failure(
        'FST_FC_INVALID_OPTIONS',
        `requireLogin() was asked a level that ${settings.platform} does not give; FranceConnect gives eidas1, FranceConnect+ gives eidas2 and eidas3.`
      )
    }
    return passedBy((request, reply) => {
      const error = refusalOf(request, acrValues)
      return error === null ? null : () => challenge(request, reply, { error, acrValues })
    })
  }
}

/** Refuses a route whose hook is `requireLogin` itself, and not the guard that it makes. Throws `FST_FC_INVALID_OPTIONS`. */
export function refuseUncalled(app: FastifyInstance, requireLogin: RequireLogin): void {
  app.addHook('onRoute', ({ onRequest, preParsing, preValidation, preHandler }) => {
    const hooks: unknown[] = [onRequest, preParsing, preValidation, preHandler].flat()
    if (hooks.includes(requireLogin)) throw notCalled()
  })
}

const notCalled = () =>
  failure(
    'FST_FC_INVALID_OPTIONS',
    'requireLogin was passed without being called; write preHandler: app.franceConnect.requireLogin().'
  )

/** What Fastify gives to a hook. */
function isRequest(options: object): boolean {
  return ('raw' in options && 'routeOptions' in options) || options instanceof IncomingMessage
}
