import { type SigningKey, signWith } from './keys.ts'

/** A JWT before it is signed: a fault may change any part of it. */
export interface Draft {
  header: Record<string, unknown>
  claims: Record<string, unknown>
  key: SigningKey
  /** Replaces the JSON text of the payload. */
  payload?: string
  /** Replaces the signature. */
  sign?: (input: string) => Buffer
  /** Last word on the text that leaves. */
  finish?: (jwt: string) => string
}

export const base64url = (value: string | Buffer): string => Buffer.from(value).toString('base64url')

export function draft(claims: Record<string, unknown>, key: SigningKey): Draft {
  return { header: { alg: key.alg, kid: key.kid }, claims, key }
}

/** Compact serialization (RFC 7515 §7.1). */
export function serialize(jwt: Draft): string {
  const input = `${base64url(JSON.stringify(jwt.header))}.${base64url(jwt.payload ?? JSON.stringify(jwt.claims))}`
  const signature = jwt.sign ? jwt.sign(input) : signWith(jwt.key, input)
  const text = `${input}.${base64url(signature)}`
  return jwt.finish ? jwt.finish(text) : text
}
