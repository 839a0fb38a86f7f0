import type { Sent } from '../browser.ts'
import type { Invent } from './invariant.ts'

/**
 * After the answer to a logout no request of that browser opens that login, nor one that was under way beside it; nor the
 * login that another one took the place of, nor one whose session the application destroyed.
 */
export const logout: Invent = (ledger, fail) => {
  function ends(sent: Sent): void {
    const follows = !sent.stale && ledger.find(sent.carried)?.overAt === null
    for (const login of ledger.of(sent.browser.name)) {
      const before = login.claimedAt !== null && login.claimedAt < sent.sentAt
      // a login that was over, and cookies of an earlier time, lead to nothing but what they name; a callback that came
      // at once with another logout may have been let in after it, known to nobody
      const named = (follows && !login.overlapped) || sent.carried === login.slot || sent.attempts.includes(login.slot)
      if (before && named) login.overAt ??= sent.answeredAt
    }
  }

  return {
    answered(sent) {
      const { kind, report, status, failed, carried, slot, setCookie } = sent
      const login = ledger.find(report?.id ?? null)
      if (login?.overAt && sent.sentAt > login.overAt) fail('logout: a login is opened after its end was answered')
      if (failed || status >= 400) return
      if (kind === 'logout') ends(sent)
      const isIn = slot !== null && setCookie.some((line) => line.startsWith('fc-login-') && line.includes(slot))
      const over = kind === 'destroy' || (isIn && carried !== slot) ? ledger.find(report?.id ?? carried) : undefined
      if (over !== undefined) over.overAt ??= sent.answeredAt
    }
  }
}
