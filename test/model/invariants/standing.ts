import type { Sent } from '../browser.ts'
import type { Visit } from '../gates.ts'
import type { KnownLogin, Ledger } from '../ledger.ts'
import { idleTimeout, sessionMaxAge } from '../services.ts'
import type { Fail, Invariant } from './invariant.ts'

/** Logins that nothing may have ended. */
export interface Standing extends Invariant {
  /** Whether a login that was let in surely stands. */
  stands(login: KnownLogin): boolean
  /** The application ends a login, as long as `ending` is under way. */
  ends(login: KnownLogin, ending: Visit): void
}

/** Milliseconds of slack for what an answer tells of the time. */
const slack = 120_000
const loginIn = ({ setCookie, slot }: Sent) =>
  setCookie.some((line) => line.startsWith('fc-login-') && slot !== null && line.includes(slot))

/** A login confirmed by its redirect stands until logout, expiry, idleness or an end from the server. */
export function standing(ledger: Ledger, fail: Fail): Standing {
  /** What may have ended a login, or may still. */
  const touched = new Map<KnownLogin, Set<unknown>>()
  const usedAt = new Map<KnownLogin, number>()
  /** Ends under way, and whose. */
  const leaving: { ending: Visit & { taken?: boolean }; browser: number }[] = []
  const callbacks: Sent[] = []
  const sureAtSending = new WeakMap<Sent, KnownLogin>()

  const touch = (login: KnownLogin, by: unknown) => void touched.set(login, (touched.get(login) ?? new Set()).add(by))

  function stands(login: KnownLogin): boolean {
    const fresh = Math.max(login.loggedInAt, usedAt.get(login) ?? 0) + idleTimeout * 1000 - slack
    const alive = Date.now() < Math.min(fresh, login.loggedInAt + sessionMaxAge * 1000 - slack)
    return login.agreed && alive && login.overAt === null && (touched.get(login)?.size ?? 0) === 0
  }

  /** What ends the login of a browser may end what is under way beside it too. */
  function leaves(browser: number, ending: Visit): void {
    leaving.push({ ending, browser })
    for (const login of ledger.of(browser)) if (login.calledBackAt !== null) touch(login, ending)
    for (const { slot, done, taken } of callbacks) {
      const login = ledger.find(slot)
      if (login?.browser === browser && !(done && taken)) login.overlapped = true
    }
  }

  function touches(sent: Sent): void {
    const { kind, browser, carried, slot } = sent
    if (kind === 'logout' || kind === 'destroy') leaves(browser.name, sent)
    const before = kind === 'callback' && carried !== slot ? ledger.find(carried) : undefined
    if (before !== undefined) touch(before, sent)
  }

  return {
    stands,
    ends: (login, ending) => leaves(login.browser, ending),
    unsure: (browser) => {
      for (const login of ledger.of(browser)) if (login.calledBackAt !== null) touch(login, 'failure')
    },
    sent(sent) {
      const carried = ledger.find(sent.carried)
      if (carried !== undefined && stands(carried)) sureAtSending.set(sent, carried)
      const own = ledger.find(sent.slot)
      for (const { ending, browser } of leaving)
        if (own !== undefined && !(ending.done && (ending.taken ?? true)) && browser === sent.browser.name) {
          touch(own, ending)
          own.overlapped = true
        }
      if (sent.kind === 'callback') callbacks.push(sent)
      touches(sent)
    },
    answered(sent) {
      const own = ledger.find(sent.slot)
      const sure = sureAtSending.get(sent)
      if (sent.kind === 'callback' && sent.status < 500 && !sent.failed && !loginIn(sent)) {
        if (sure !== undefined) touched.get(sure)?.delete(sent)
        const knows = !sent.stale && own !== undefined && sent.attempts.includes(own.slot)
        if (knows && sent.status >= 400 && stands(own))
          fail('answer: a callback opened again ends elsewhere than its login')
        const first = own?.calledBackAt === sent.sentAt && !sent.stale
        if (first && stands(own)) fail('standing: a login that nothing ended was not let in')
      }
      if (sent.report !== null && sure !== undefined && stands(sure) && sent.report.id !== sure.id)
        fail('standing: a login that was confirmed is not found')
    },
    taken(sent) {
      const login = ledger.find(sent.report?.id ?? null)
      if (login !== undefined) usedAt.set(login, Math.max(usedAt.get(login) ?? 0, sent.at))
    }
  }
}
