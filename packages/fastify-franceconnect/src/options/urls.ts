import type { Settings } from './options.ts'
import { type OwnRoute, ownRoutes, safeReturnTo } from './return-to.ts'

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

export function createUrls({ baseUrl, prefix, routes, defaultReturnTo }: Settings): Urls {
  const absolute = (path: string) => baseUrl + prefix + path
  const isOwn = ownRoutes(Object.values(routes).flatMap((path) => (path === false ? [] : [prefix + path])))
  const safe = (returnTo: unknown) => safeReturnTo(returnTo, isOwn)
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
