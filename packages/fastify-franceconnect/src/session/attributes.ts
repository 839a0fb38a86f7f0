/** Every attribute of a cookie of ours, so that no default that the host gave @fastify/cookie counts. */
export function attributesOf(secure: boolean, { domain, path }: { domain?: string | undefined; path: string } = { path: '/' }) {
  return {
    ...{ domain, path, secure, httpOnly: true, sameSite: 'lax', signed: false },
    ...{ maxAge: undefined, expires: undefined, partitioned: false, priority: undefined, encode: encodeURIComponent }
  } as const
}

/** `__Host-` where browsers take it: on https, for this host alone, on every path. */
export function cookieName(name: string, secure: boolean, reach: { domain?: string | undefined; path: string } = { path: '/' }): string {
  return secure && reach.domain === undefined && reach.path === '/' ? `__Host-${name}` : name
}
