import type { Settings } from './options.ts'
import { lengthOf, longest, type OwnRoute, ownRoutes, safeReturnTo } from './return-to.ts'

/** Every URL that this plugin gives out, built from `baseUrl` alone: never from a request's Host. */
export interface Urls {
  redirectUri: string
  postLogoutRedirectUri: string | null
  /** A path of this origin, or `null` for what may not be gone back to. */
  safe(returnTo: unknown): string | null
  /** Absolute URL of a path of the service that `safe` or the options gave. */
  to(path: string): string
  login(returnTo?: string | null): string
  logout(returnTo?: string | null): string | null
  isOwn: OwnRoute
}

/** `tooLong` is told the characters of a path that was dropped for its length. */
export function createUrls(settings: Settings, tooLong: (length: number) => void): Urls {
  const { baseUrl, prefix, routes, defaultReturnTo } = settings
  const absolute = (path: string) => baseUrl + prefix + path
  const isOwn = ownRoutes(Object.values(routes).flatMap((path) => (path === false ? [] : [prefix + path])))
  const safe = (returnTo: unknown) => {
    const kept = safeReturnTo(returnTo, isOwn)
    const length = kept === null ? lengthOf(returnTo) : 0
    if (length > longest) tooLong(length)
    return kept
  }
  const withReturn = (path: string, returnTo?: string | null) => {
    const target = safe(returnTo)
    return absolute(path) + (target === null ? '' : `?returnTo=${encodeURIComponent(target)}`)
  }
  return {
    redirectUri: absolute(routes.callback),
    postLogoutRedirectUri: routes.logoutCallback === false ? null : absolute(routes.logoutCallback),
    safe,
    to: (path) => baseUrl + path,
    login: (returnTo) =>
      routes.login === false ? baseUrl + (safe(returnTo) ?? defaultReturnTo) : withReturn(routes.login, returnTo),
    logout: (returnTo) => (routes.logout === false ? null : withReturn(routes.logout, returnTo)),
    isOwn
  }
}
