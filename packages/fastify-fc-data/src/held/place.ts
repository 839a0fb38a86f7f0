import { createHash, randomBytes } from 'node:crypto'
import type { Sealer } from './seal.ts'

/** The place of a login: what binds its answers, and whose earlier places it goes on with. */
export interface Place {
  id: string
  /** Random, written by the callback alone: what comes back for another generation is unreachable. */
  generation: string
  sub: string | null
  /** Earlier logins of the same citizen, whose answers are still theirs. */
  from: readonly (readonly [id: string, generation: string])[]
}

/** Earlier logins that a place goes on with. */
const MAX_FROM = 5

const VERSION = 1
const PURPOSE = 'fc-data login'

/** Plain hashes of random ids: a rotation of `secret` finds every key. */
const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

export const loginKey = (id: string): string => `fc-data:login:${hash(id)}`
export const answerKey = (id: string, key: string): string => `fc-data:answer:${hash(`${id}\0${key}`)}`
/** What an answer is sealed with, so that it is read for its login, generation and call alone. */
export const bindingOf = (id: string, generation: string, key: string): string => hash(`${id}\0${generation}\0${key}`)

/** Where logins are not announced, all of a login's answers are of this generation until it ends. */
export const ANY_GENERATION = ''

/** A new place, which goes on with an earlier one when it is the same citizen's. */
export function newPlace(id: string, sub: string, earlier: Place | null): Place {
  const generation = randomBytes(16).toString('base64url')
  const same = earlier !== null && earlier.id !== id && earlier.sub === sub
  const from = same ? [[earlier.id, earlier.generation] as const, ...earlier.from].slice(0, MAX_FROM) : []
  return { id, generation, sub, from }
}

export function sealPlace(sealer: Sealer, { id, generation, sub, from }: Place): string {
  return sealer.seal(JSON.stringify([VERSION, id, generation, sub, from]), PURPOSE)
}

/** The mark of a login that ended, where logins are not announced. */
export function sealEnd(sealer: Sealer, id: string): string {
  return sealer.seal(JSON.stringify([VERSION, id]), PURPOSE)
}

/** The place that was sealed for this login; `undefined` for the mark of its end, `null` for anything else. */
export function openPlace(sealer: Sealer, id: string, sealed: string | null): Place | undefined | null {
  const text = sealed === null ? null : sealer.unseal(sealed, PURPOSE)
  if (text === null) return null
  const [version, of, generation, sub, from] = JSON.parse(text)
  if (version !== VERSION || of !== id) return null
  return generation === undefined ? undefined : { id, generation, sub, from }
}
