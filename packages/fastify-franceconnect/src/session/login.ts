import type { UserInfo } from 'franceconnect-protocol/claims'

/** The access token of a login: worth sixty seconds at FranceConnect, at checktoken and at the data providers. */
export interface AccessToken {
  readonly value: string
  readonly expiresAt: Date
}

/**
 * Somebody logged in through FranceConnect. `JSON.stringify`, `util.inspect` and the logger show neither token:
 * they are read only by name.
 */
export interface Login {
  /** Random id of this login: a new one each time, unknown to the browser. */
  readonly id: string
  /** FranceConnect's identifier of the citizen for this service (66 characters), the one key of an account. */
  readonly sub: string
  /** The identity, as FranceConnect sent it, without the members of the JWT that carried it. */
  readonly userInfo: UserInfo
  /** Level obtained: at least the one asked. */
  readonly acr: string
  /** Means of authentication; empty unless the `amr` claim was granted and asked. */
  readonly amr: readonly string[]
  readonly authTime: Date | null
  /** Scopes granted, from the token response. */
  readonly scope: readonly string[]
  readonly loggedInAt: Date
  /** End of this login in this service, whatever is done meanwhile. */
  readonly expiresAt: Date
  /** `null` once expired. */
  readonly accessToken: AccessToken | null
  /** The signed ID Token (the inner JWS on FranceConnect+), kept for the logout. */
  readonly idToken: string
}
