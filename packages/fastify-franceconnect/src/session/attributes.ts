import type { CookieSerializeOptions } from '@fastify/cookie'

/** How far a cookie reaches. */
interface Far {
  domain?: string | undefined
  path: string
}

/** For this host alone, on every path. */
const everywhere: Far = { path: '/' }

/**
 * Every attribute of a cookie of ours, so that no default that the host gave @fastify/cookie counts. `maxAge` in seconds;
 * without it the cookie ends with the browser.
 */
export function attributesOf(
  secure: boolean,
  { domain, path }: Far = everywhere,
  maxAge?: number
): CookieSerializeOptions {
  return {
    domain,
    path,
    secure,
    httpOnly: true,
    sameSite: 'lax',
    signed: false,
    maxAge,
    expires: undefined,
    partitioned: false,
    priority: undefined
  } as CookieSerializeOptions
}

/** `__Host-` where browsers take it: on https, for this host alone, on every path. */
export function cookieName(name: string, secure: boolean, { domain, path }: Far = everywhere): string {
  return secure && domain === undefined && path === '/' ? `__Host-${name}` : name
}
