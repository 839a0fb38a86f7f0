import type { Sealer } from 'franceconnect-protocol/seal'
import { isFailure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import type { Client, Verified } from '../protocol/client.ts'
import { providerFailure } from '../protocol/provider-error.ts'
import type { Claims } from '../session/claims.ts'
import { LoginKey } from '../session/login-cookie.ts'
import type { NewLogin } from '../session/record.ts'
import type { Sessions } from '../session/sessions.ts'
import { noteAgain } from './again.ts'
import type { Attempt, Attempts } from './attempt.ts'
import { askApplication, type Consent, refusalOf } from './consent.ts'
import type { Extensions } from './extensions.ts'
import { createGate } from './gate.ts'
import type { Opening, Outcome } from './opening.ts'
import type { Ended } from './outcome.ts'
import { createStopped } from './stopped.ts'
import { createTwins } from './twins.ts'

export interface Callback {
  /** Brings an attempt to its end, once, whatever the openings and the processes. Throws errors of the table. */
  finish(opening: Opening, attempt: Attempt): Promise<Outcome>
  /** What an attempt came to that ended before. Throws what it ended by. */
  again(opening: Opening, ended: Ended): Outcome
}

export interface CallbackParts {
  settings: Settings
  attempts: Attempts
  client: Client
  sessions: Sessions
  claims: Claims
  extensions: Extensions
  sealer: Sealer
}

/** Token requests under way at once: whoever invents codes in numbers does not use up FranceConnect’s patience. */
const atOnce = 16
/** Milliseconds to wait for a twin, when FranceConnect says that a code was used. */
const twinPatience = 1000

export function createCallback(parts: CallbackParts): Callback {
  const { settings, attempts, client, sessions, claims, extensions, sealer } = parts
  const gate = createGate(atOnce, settings.timeout)
  const twins = createTwins<Outcome>(claims, settings.timeout)
  const stopped = createStopped({ settings, attempts, claims, sealer })
  const asked = (attempt: Attempt) => [...new Set([...settings.scope, ...extensions.scopes(), ...attempt.scope])]

  async function verify({ request, query, state, slot }: Opening, attempt: Attempt): Promise<Verified | null> {
    try {
      return await gate.pass(() => client.login(query, state, attempt))
    } catch (error) {
      const used = isFailure(error) && error.code === 'FST_FC_CODE_REJECTED'
      const twin = used && claims.shared ? await twins.wait(request, slot, twinPatience).catch(() => null) : null
      if (twin?.state === 'login') return null
      throw error
    }
  }

  function loginOf(verified: Verified, attempt: Attempt): NewLogin {
    const { idTokenClaims, userInfo, tokens } = verified
    const { sub, acr, amr, authTime } = idTokenClaims
    const now = Date.now()
    return {
      sub,
      userInfo,
      acr,
      amr,
      authTime,
      scope: tokens.scope ?? asked(attempt),
      loggedInAt: now,
      expiresAt: now + settings.sessionMaxAge * 1000,
      accessToken: tokens.accessToken,
      accessTokenExpiresAt: tokens.accessTokenExpiresAt,
      idToken: tokens.idToken,
      returnTo: attempt.returnTo
    }
  }

  async function adopt({ request, reply, state, slot }: Opening, attempt: Attempt): Promise<Outcome> {
    noteAgain(request)
    const login = await sessions.adopt(request, reply, new LoginKey(slot, attempt.token))
    attempts.consume(reply, state)
    if (login === null) return { kind: 'nobody', consent: null }
    return { kind: 'login', login, attempt, acr: login.login.acr, consent: null }
  }

  async function letIn(
    opening: Opening,
    attempt: Attempt,
    verified: Verified,
    endBefore: string | null
  ): Promise<Outcome> {
    const { request, reply, state, slot } = opening
    const key = new LoginKey(slot, attempt.token)
    const asked: { consent: Consent | null } = { consent: null }
    const parts = { login: loginOf(verified, attempt), key, beside: attempt.beside, endBefore, state }
    const login = await sessions
      .establish(request, reply, parts, async (draft) => {
        asked.consent = askApplication(settings, request, reply, draft)
        return asked.consent.agreed.catch((error: unknown) => Promise.reject(refusalOf(error, request)))
      })
      .catch((error: unknown) => {
        asked.consent?.drop()
        throw error
      })
    const { consent } = asked
    if (login === 'none') consent?.drop()
    if (login === 'none' || login === 'left') return stopped.nobody(opening, attempt, login === 'left' ? consent : null)
    await extensions.loggedIn(request, login.login, attempt.needs)
    // an answer that somebody else sent meanwhile gives nothing to the browser: the callback opened again does
    if (!reply.sent) {
      sessions.hand(request, reply)
      attempts.consume(reply, state)
    }
    return { kind: 'login', login, attempt, acr: verified.idTokenClaims.acr, consent }
  }

  async function run(opening: Opening, attempt: Attempt): Promise<Outcome> {
    const { request, query, slot } = opening
    const known = stopped.find(opening)
    if (known !== null) return stopped.again(opening, known)
    if (query.get('error')) return stopped.stop(opening, attempt, providerFailure(query, asked(attempt)), null)
    const claim = await claims.claim(request, slot)
    if (claim.state !== 'ours') {
      const told = claim.state === 'pending' ? await twins.wait(request, slot, settings.timeout) : claim
      return told.state === 'login' ? adopt(opening, attempt) : stopped.told(opening, told.sealed)
    }
    let verified: Verified | null = null
    try {
      request.log.info({ attempt: attempt.id }, 'FranceConnect callback received')
      verified = await verify(opening, attempt)
      if (verified === null) return adopt(opening, attempt)
      request.log.info({ attempt: attempt.id, acr: verified.idTokenClaims.acr }, 'FranceConnect login verified')
      return await letIn(opening, attempt, verified, claim.endBefore)
    } catch (error) {
      return stopped.stop(opening, attempt, error, verified)
    }
  }

  return {
    again: stopped.again,
    async finish(opening, attempt) {
      const { first, outcome } = twins.share(opening.slot, () => run(opening, attempt))
      if (first) return outcome
      noteAgain(opening.request)
      try {
        const told = await outcome
        return told.kind === 'login' ? await adopt(opening, attempt) : { ...told, consent: null }
      } finally {
        stopped.find(opening)
      }
    }
  }
}
