import type { Sealer } from 'franceconnect-protocol/seal'
import { errors, type FranceConnectErrorCode, failure, isFailure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import type { Verified } from '../protocol/client.ts'
import { providerFailure } from '../protocol/provider-error.ts'
import type { Claims } from '../session/claims.ts'
import { createLateErrors, noteAgain } from './again.ts'
import type { Attempt, Attempts } from './attempt.ts'
import type { Consent } from './consent.ts'
import type { Opening, Outcome } from './opening.ts'
import type { Ended } from './outcome.ts'
import { landingOf } from './refusal.ts'

/** Attempts that end without a login: how is kept in the browser, in this process and in the store, to be told again. */
export interface Stopped {
  /** Keeps what an attempt was stopped by, and gives where it leads. Throws it where it leads nowhere. */
  stop(opening: Opening, attempt: Attempt, error: unknown, verified: Verified | null): Promise<Outcome>
  /** Nobody is in, and no error is to be shown: whoever opens the callback again lands where this one does. */
  nobody(opening: Opening, attempt: Attempt, consent: Consent | null): Promise<Outcome>
  /** What an attempt came to that ended before. Throws what it ended by. */
  again(opening: Opening, ended: Ended): Outcome
  /** How an attempt ended in this process lately; its browser is told. */
  find(opening: Opening): Ended | null
  /** The same as another process told it, sealed. */
  told(opening: Opening, sealed: string): Outcome
}

export interface StoppedParts {
  settings: Settings
  attempts: Attempts
  claims: Claims
  sealer: Sealer
}

export function createStopped({ settings, attempts, claims, sealer }: StoppedParts): Stopped {
  const late = createLateErrors()

  function again({ request, query, slot }: Opening, ended: Ended): Outcome {
    noteAgain(request)
    if (query.get('error')) throw providerFailure(query, settings.scope)
    const known = late.find(slot)
    const landing = known === undefined ? null : landingOf(known.error)
    const path = landing?.path ?? ended.landing ?? null
    if (path !== null) return { kind: 'refused', landing: { path, logout: false }, idToken: null }
    if (known !== undefined) throw known.error
    const code = Object.hasOwn(errors, ended.code)
      ? (ended.code as FranceConnectErrorCode)
      : 'FST_FC_REFUSED_BY_SERVICE'
    throw failure(code, 'as this callback was told before')
  }

  /** Here and in the browser. */
  function keep({ reply, state, slot }: Opening, error: unknown, ended: Ended): void {
    late.keep(slot, error, ended)
    attempts.consume(reply, state, ended)
  }

  const tell = ({ request, slot }: Opening, ended: Ended) =>
    claims.fail(request, slot, sealer.seal(JSON.stringify(ended), 'ended', slot))

  return {
    again,
    async stop(opening, { id, returnTo }, error, verified) {
      const landing = landingOf(error)
      const code = isFailure(error) ? error.code : 'FST_FC_REFUSED_BY_SERVICE'
      const path = landing?.path ?? (landing?.logout ? settings.postLogoutReturnTo : null)
      const ended: Ended = { code, attempt: id, returnTo, ...(path === null ? {} : { landing: path }) }
      keep(opening, error, ended)
      // whoever has the tokens owns the claim; without them another process may have them
      if (verified !== null) await tell(opening, ended)
      else if (!opening.query.get('error')) await claims.giveUp(opening.request, opening.slot)
      if (landing === null || (landing.path === null && !landing.logout)) throw error
      return { kind: 'refused', landing, idToken: landing.logout ? (verified?.tokens.idToken ?? null) : null }
    },
    async nobody(opening, { id, returnTo }, consent) {
      const landing = settings.postLogoutReturnTo
      const ended: Ended = { code: 'FST_FC_REFUSED_BY_SERVICE', attempt: id, returnTo, landing }
      keep(opening, failure('FST_FC_REFUSED_BY_SERVICE', 'the browser logged out meanwhile'), ended)
      await tell(opening, ended)
      return { kind: 'nobody', consent }
    },
    find({ reply, state, slot }) {
      const known = late.find(slot)
      if (known === undefined) return null
      attempts.consume(reply, state, known.ended)
      return known.ended
    },
    told(opening, sealed) {
      const text = sealer.unseal(sealed, 'ended', opening.slot)
      const ended = text === null ? { code: '', attempt: '', returnTo: '' } : (JSON.parse(text) as Ended)
      attempts.consume(opening.reply, opening.state, ended)
      return again(opening, ended)
    }
  }
}
