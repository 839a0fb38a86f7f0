import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sealer } from 'franceconnect-protocol/seal'
import { errors, type FranceConnectErrorCode, failure, isFailure } from '../errors.ts'
import type { Settings } from '../options/options.ts'
import type { Client, Verified } from '../protocol/client.ts'
import { providerFailure } from '../protocol/provider-error.ts'
import type { Claims } from '../session/claims.ts'
import type { NewLogin } from '../session/establish.ts'
import { LoginKey } from '../session/login-cookie.ts'
import type { OpenedLogin } from '../session/record.ts'
import type { Sessions } from '../session/sessions.ts'
import { createLateErrors, noteAgain } from './again.ts'
import type { Attempt, Attempts } from './attempt.ts'
import { askApplication, type Consent, refusalOf } from './consent.ts'
import type { Extensions } from './extensions.ts'
import { createGate } from './gate.ts'
import type { Ended } from './outcome.ts'
import { type Landing, landingOf } from './refusal.ts'
import { createTwins } from './twins.ts'

/** What a callback came to. */
export type Outcome =
  | { kind: 'login'; login: OpenedLogin; attempt: Attempt; acr: string; consent: Consent | null }
  /** The application refused, and says where to land. `idToken`: of the session to end at FranceConnect. */
  | { kind: 'refused'; landing: Landing; idToken: string | null }
  /** The browser logged out meanwhile, or another answer left; `consent` has one to send when the application logged out. */
  | { kind: 'nobody'; consent: Consent | null }

/** One opening of a callback: who asks, and for which attempt. */
export interface Opening {
  request: FastifyRequest
  reply: FastifyReply
  query: URLSearchParams
  state: string
  slot: string
}

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
  const late = createLateErrors()
  const asked = (attempt: Attempt) => [...new Set([...settings.scope, ...extensions.scopes(), ...attempt.scope])]

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

  async function verify({ request, query, state, slot }: Opening, attempt: Attempt): Promise<Verified | null> {
    try {
      return await gate.pass(() => client.login(query, { ...attempt, state }))
    } catch (error) {
      const used = isFailure(error) && error.code === 'FST_FC_CODE_REJECTED'
      const twin = used && claims.shared ? await twins.wait(request, slot, twinPatience).catch(() => null) : null
      if (twin?.state === 'login') return null
      throw error
    }
  }

  function loginOf(verified: Verified, attempt: Attempt): NewLogin {
    const { idTokenClaims, userInfo, tokens } = verified
    const now = Date.now()
    return {
      ...idTokenClaims,
      userInfo,
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

  /** Keeps how the attempt ended, in the browser and for its twins, and gives what to answer. */
  async function refuse(
    opening: Opening,
    attempt: Attempt,
    error: unknown,
    verified: Verified | null
  ): Promise<Outcome> {
    const { request, reply, state, slot } = opening
    const landing = landingOf(error)
    const code = isFailure(error) ? error.code : 'FST_FC_REFUSED_BY_SERVICE'
    const { id, returnTo } = attempt
    const path = landing?.path ?? (landing?.logout ? settings.postLogoutReturnTo : null)
    const ended: Ended = { code, attempt: id, returnTo, ...(path === null ? {} : { landing: path }) }
    late.keep(slot, error, ended)
    attempts.consume(reply, state, ended)
    // whoever has the tokens owns the claim; without them another process may have them
    if (verified !== null) await claims.fail(request, slot, sealer.seal(JSON.stringify(ended), 'ended', slot))
    else if (!opening.query.get('error')) await claims.giveUp(request, slot)
    if (landing === null || (landing.path === null && !landing.logout)) throw error
    return { kind: 'refused', landing, idToken: landing.logout ? (verified?.tokens.idToken ?? null) : null }
  }

  /** Nobody is in, and no error is to be shown: whoever opens the callback again lands where this one does. */
  async function nobody(opening: Opening, { id, returnTo }: Attempt, consent: Consent | null): Promise<Outcome> {
    const { request, reply, state, slot } = opening
    const landing = settings.postLogoutReturnTo
    const ended: Ended = { code: 'FST_FC_REFUSED_BY_SERVICE', attempt: id, returnTo, landing }
    late.keep(slot, failure('FST_FC_REFUSED_BY_SERVICE', 'the browser logged out meanwhile'), ended)
    attempts.consume(reply, state, ended)
    await claims.fail(request, slot, sealer.seal(JSON.stringify(ended), 'ended', slot))
    return { kind: 'nobody', consent }
  }

  async function letIn(opening: Opening, attempt: Attempt, verified: Verified): Promise<Outcome> {
    const { request, reply, state, slot } = opening
    const key = new LoginKey(slot, attempt.token)
    const asked: { consent: Consent | null } = { consent: null }
    const parts = { login: loginOf(verified, attempt), key, beside: attempt.beside, state }
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
    if (login === 'none' || login === 'left') return nobody(opening, attempt, login === 'left' ? consent : null)
    await extensions.loggedIn(request, login.login, attempt.needs)
    // an answer that somebody else sent meanwhile gives nothing to the browser: the callback opened again does
    if (!reply.sent) {
      sessions.hand(request, reply)
      attempts.consume(reply, state)
    }
    return { kind: 'login', login, attempt, acr: verified.idTokenClaims.acr, consent }
  }

  async function run(opening: Opening, attempt: Attempt): Promise<Outcome> {
    const { request, reply, query, state, slot } = opening
    const known = late.find(slot)
    if (known !== undefined) {
      attempts.consume(reply, state, known.ended)
      return again(opening, known.ended)
    }
    if (query.get('error')) return refuse(opening, attempt, providerFailure(query, asked(attempt)), null)
    const claim = await claims.claim(request, slot)
    if (claim.state !== 'ours') {
      const told = claim.state === 'pending' ? await twins.wait(request, slot, settings.timeout) : claim
      return told.state === 'login' ? adopt(opening, attempt) : failed(opening, told.sealed)
    }
    let verified: Verified | null = null
    try {
      request.log.info({ attempt: attempt.id }, 'FranceConnect callback received')
      verified = await verify(opening, attempt)
      if (verified === null) return adopt(opening, attempt)
      request.log.info({ attempt: attempt.id, acr: verified.idTokenClaims.acr }, 'FranceConnect login verified')
      return await letIn(opening, attempt, verified)
    } catch (error) {
      return refuse(opening, attempt, error, verified)
    }
  }

  function failed(opening: Opening, sealed: string): Outcome {
    const text = sealer.unseal(sealed, 'ended', opening.slot)
    const ended = text === null ? { code: '', attempt: '', returnTo: '' } : (JSON.parse(text) as Ended)
    attempts.consume(opening.reply, opening.state, ended)
    return again(opening, ended)
  }

  return {
    again,
    async finish(opening, attempt) {
      const { first, outcome } = twins.share(opening.slot, () => run(opening, attempt))
      if (first) return outcome
      noteAgain(opening.request)
      try {
        const told = await outcome
        return told.kind === 'login' ? await adopt(opening, attempt) : { ...told, consent: null }
      } finally {
        const known = late.find(opening.slot)
        if (known !== undefined) attempts.consume(opening.reply, opening.state, known.ended)
      }
    }
  }
}
