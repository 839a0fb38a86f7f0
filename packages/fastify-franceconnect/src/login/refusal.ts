import { type FranceConnectError, failure } from '../errors.ts'
import type { Urls } from '../options/urls.ts'

export interface RefusalOptions {
  /** Ends FranceConnect's session too, so that somebody else can log in. Default `false`. */
  logout?: boolean
}

/** Makes what `onLogin` throws to refuse a login: see `app.franceConnect.refusal`. */
export type MakeRefusal = (returnTo?: string, options?: RefusalOptions) => FranceConnectError

export interface Landing {
  path: string | null
  logout: boolean
}

const landings = new WeakMap<object, Landing>()

export function createRefusal(urls: Urls): MakeRefusal {
  return (returnTo, options) => {
    const path = returnTo === undefined ? null : urls.safe(returnTo)
    if (path === null && returnTo !== undefined)
      throw failure('FST_FC_INVALID_OPTIONS', 'refusal() was given a returnTo that is not a path of this service.')
    const error = failure('FST_FC_REFUSED_BY_SERVICE', 'onLogin refused')
    landings.set(error, { path, logout: options?.logout === true })
    return error
  }
}

/** Where a refusal sends the citizen; `null` for any other error. */
export function landingOf(error: unknown): Landing | null {
  return typeof error === 'object' && error !== null ? (landings.get(error) ?? null) : null
}
