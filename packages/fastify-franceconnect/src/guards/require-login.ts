import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AcrValues, isAtLeast, isLevel, platformOf } from 'franceconnect-protocol/acr'
import { failure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import type { AnyReply, AnyRequest } from '../pages/requests/any-server.ts'
import { isOwnRoute } from '../routes/mount.ts'
import type { Login } from '../session/login.ts'
import { type Challenge, loginRequired } from './challenge.ts'
import { neverKept } from './no-store.ts'

export interface RequireLoginOptions {
  /** Level that the page needs, when it is higher than the registration's. */
  acrValues?: AcrValues | undefined
}

/** A preHandler, for a server of any kind. */
export type LoginGuard = (request: AnyRequest, reply: AnyReply) => Promise<unknown>

export type RequireLogin = (options?: RequireLoginOptions) => LoginGuard

interface RequireLoginParts {
  settings: Settings
  challenge: Challenge
  loginOf(request: FastifyRequest): Login | null
}

/** Makes preHandlers that let a request through only with a login, of the level asked. */
export function createRequireLogin({ settings, challenge, loginOf }: RequireLoginParts): RequireLogin {
  async function guard(request: FastifyRequest, reply: FastifyReply, acrValues: AcrValues): Promise<unknown> {
    const login = loginOf(request)
    if (login !== null && isAtLeast(login.acr, acrValues)) {
      neverKept(request)
      return undefined
    }
    if (isOwnRoute(request)) return undefined
    const error =
      login === null ? loginRequired() : failure('FST_FC_ACR_TOO_LOW', `${login.acr} in place of ${acrValues}`)
    return challenge(request, reply, { error, acrValues })
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
    return (request, reply) => guard(request as FastifyRequest, reply as FastifyReply, acrValues)
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
  return 'raw' in options && 'routeOptions' in options
}
