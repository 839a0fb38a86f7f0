import type { UserInfo } from 'franceconnect-protocol/claims'
import type { LoginData, LoginHead, LoginRest } from './opened-login.ts'

/**
 * A login as bytes, before it is sealed: what pages look at, the rest, the ID Token, a zero byte between them, which JSON
 * never holds. Lists without names, and the parts of the ID Token decoded: sealing encodes them again, and the store keeps
 * one of these for each citizen. What is bound by the seal already (the slot) is not written again.
 */
export function bytesOf(data: LoginData, slot: string): Buffer {
  const { id, sub, userInfo, session, idToken } = data
  const parts = decoded(idToken)
  const head: Head = [
    ...([id.slice(slot.length), sub === userInfo.sub ? null : sub, userInfo] as const),
    ...([data.acr, data.amr, data.authTime, data.scope, data.loggedInAt, data.expiresAt] as const)
  ]
  const rest: Rest = [
    ...([data.accessToken, data.accessTokenExpiresAt, data.returnTo] as const),
    ...(session.signed.startsWith(session.id)
      ? ([session.id, session.signed.slice(session.id.length), true] as const)
      : ([session.id, session.signed, false] as const)),
    parts === null ? idToken : parts.map(({ length }) => length)
  ]
  const zero = Buffer.alloc(1)
  return Buffer.concat([json(head), zero, json(rest), zero, ...(parts ?? [])])
}

type Head = [
  end: string,
  /** `null`: as userinfo says. */
  sub: string | null,
  userInfo: UserInfo,
  acr: string,
  amr: readonly string[],
  authTime: number | null,
  scope: readonly string[],
  loggedInAt: number,
  expiresAt: number
]
type Rest = [
  accessToken: string,
  accessTokenExpiresAt: number,
  returnTo: string,
  sessionId: string,
  sessionSigned: string,
  afterItsId: boolean,
  idToken: string | number[]
]

export function headOf(bytes: Buffer, slot: string): LoginHead {
  const [end, sub, userInfo, acr, amr, authTime, scope, loggedInAt, expiresAt]: Head = JSON.parse(
    bytes.toString('utf8', 0, bytes.indexOf(0))
  )
  return { id: slot + end, sub: sub ?? userInfo.sub, userInfo, acr, amr, authTime, scope, loggedInAt, expiresAt }
}

export function restOf(bytes: Buffer): LoginRest {
  const from = bytes.indexOf(0) + 1
  const to = bytes.indexOf(0, from)
  const [accessToken, accessTokenExpiresAt, returnTo, id, signed, afterItsId, idToken]: Rest = JSON.parse(
    bytes.toString('utf8', from, to)
  )
  return {
    ...{ accessToken, accessTokenExpiresAt, returnTo },
    session: { id, signed: afterItsId ? id + signed : signed },
    idToken: typeof idToken === 'string' ? idToken : encoded(bytes.subarray(to + 1), idToken)
  }
}

/** The parts of a JWT; `null` for what would not be the same text again. */
function decoded(jwt: string): Buffer[] | null {
  const parts = jwt.split('.').map((part) => Buffer.from(part, 'base64url'))
  return parts.map((part) => part.toString('base64url')).join('.') === jwt ? parts : null
}

function encoded(bytes: Buffer, lengths: readonly number[]): string {
  let from = 0
  return lengths
    .map((length) => {
      from += length
      return bytes.toString('base64url', from - length, from)
    })
    .join('.')
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value))
