type Members = Record<string, unknown>
type Cookie = Members & { toJSON?(): Members }

/**
 * The cookie of a session's row without what the settings say already, or nothing says: @fastify/session starts from its
 * settings, and puts the members of a row over them one by one at every request.
 */
export function spared(cookie: Cookie | null, settings: Readonly<Members>): Readonly<Members> {
  const members = cookie?.toJSON ? cookie.toJSON() : (cookie ?? {})
  const names = Object.keys(members)
  const left = names.filter((name) => (members[name] ?? null) !== (settings[name] ?? null))
  if (names.length > 0 && left.length === 0) return {}
  return left.length === names.length ? members : Object.fromEntries(left.map((name) => [name, members[name]]))
}
