/** What an id in a path keeps: its letters. */
const named = /^(\/authorize|\/interaction|\/fournisseur-identite)(\/[^/]+)(.*)$/i

/** A path under the issuer as it is routed: in lower case but for ids, without a trailing slash. */
export function addressed(raw: string): { path: string; exact: boolean } {
  const short = raw.length > 1 ? raw.replace(/\/$/, '') : raw
  const [, room = '', id = '', rest = short] = named.exec(short) ?? []
  const path = room.toLowerCase() + id + rest.toLowerCase()
  return { path, exact: path === raw }
}

/** Whether a path can be decoded: FranceConnect's server refuses the others before it looks for a page. */
export function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

const withSession =
  /^\/(authorize|interaction|login|redirect-to-idp|oidc-callback|auto-login|redirect-to-sp-with-error|client\/disconnect-from-idp|client\/logout-callback)(\/|$)/

/** Whether FranceConnect opens or prolongs its session there, whatever the method and even where no page is. */
export const usesSession = (path: string): boolean => withSession.test(path)
