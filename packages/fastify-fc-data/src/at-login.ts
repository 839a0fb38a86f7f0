import type { FastifyRequest } from 'fastify'
import { subjectOfLogin } from './access-token.ts'
import { type Call, type Calls, callOf } from './call.ts'
import type { EnabledApi } from './enabled-api.ts'
import { isFcDataError } from './errors.ts'
import type { Hold } from './hold.ts'
import type { PluginLogin } from './login-plugin.ts'

export interface AtLoginOptions {
  apis: ReadonlyMap<string, EnabledApi>
  /** Called at every login. */
  prefetch: readonly string[]
  calls: Calls
  hold: Hold
}

/** The call that a need names; `null` for what is no longer an enabled API with good parameters. */
function callOfNeed(text: string, apis: ReadonlyMap<string, EnabledApi>): Call | null {
  try {
    const [name, params] = JSON.parse(text)
    const api = apis.get(name)
    return api ? callOf(api, params) : null
  } catch {
    return null
  }
}

/**
 * Work of the callback, while the token lives: what is prefetched and what the page needs, in parallel. A failure of
 * what the page needs is kept for it, so that it can offer its form instead.
 */
export function atLogin(options: AtLoginOptions) {
  const { apis, prefetch, calls, hold } = options
  return async (request: FastifyRequest, login: PluginLogin, needs: readonly string[]): Promise<void> => {
    if (!hold.enabled) return
    await hold.open(login.id)
    const wanted = new Map(
      prefetch
        .map((name) => apis.get(name)!)
        .map((api) => callOf(api, undefined))
        .map((call) => [call.key, { call, forThePage: false }])
    )
    for (const need of needs) {
      const call = callOfNeed(need, apis)
      if (call) wanted.set(call.key, { call, forThePage: true })
    }
    const subject = subjectOfLogin(login)
    await Promise.all(
      [...wanted.values()].map(async ({ call, forThePage }) => {
        try {
          await calls.run(request, subject, call, { fresh: true, forThePage })
        } catch (error) {
          if (!forThePage || !isFcDataError(error)) return
          const { code, message, providerStatusCode, providerErrors, correlationId, retryAfter } = error
          const kept = { code, message, providerStatusCode, providerErrors, correlationId, retryAfter }
          await hold.write(login.id, call.key, { error: kept }, true)
        }
      })
    )
  }
}
