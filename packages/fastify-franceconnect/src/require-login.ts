import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AcrValues, isAtLeast, isLevel, platformOf } from './acr.ts'
import { type Challenge, loginRequired } from './challenge.ts'
import { failure } from './errors.ts'
import type { Login } from './login.ts'
import type { Settings } from './options.ts'
import type { OwnRoute } from './return-to.ts'

export interface RequireLoginOptions {
  /** Level that the page needs, when it is higher than the registration's. */
  acrValues?: AcrValues
}

export type RequireLogin = (
  options?: RequireLoginOptions
) => (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>

interface RequireLoginParts {
  settings: Settings
  isOwn: OwnRoute
  challenge: Challenge
  loginOf(request: FastifyRequest): Login | null
}

/** Makes preHandlers that let a request through only with a login, of the level asked. */
export function createRequireLogin({ settings, isOwn, challenge, loginOf }: RequireLoginParts): RequireLogin {
  return (given) => {
    const options = given ?? {}
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
    return async (request, reply) => {
      const login = loginOf(request)
      if (login !== null && isAtLeast(login.acr, acrValues)) return undefined
      // by the route that matched, never by the URL: under a wildcard a URL may only look like one of ours
      if (isOwn(request.routeOptions.url ?? '')) return undefined
      const error =
        login === null ? loginRequired() : failure('FST_FC_ACR_TOO_LOW', `${login.acr} in place of ${acrValues}`)
      return challenge(request, reply, { error, acrValues })
    }
  }
}
