import { idleTimeout, sessionMaxAge } from '../services.ts'
import type { Invent } from './invariant.ts'

/** Milliseconds of slack: times are rounded to seconds on their way. */
const slack = 1000

/** A login is over when its life is, or when nobody used it for `idleTimeout`. */
export const life: Invent = (ledger, fail) => ({
  answered({ report, carried, at }) {
    const login = ledger.find(report?.id ?? carried)
    if (login === undefined) return
    if (report?.id) {
      if (at > login.loggedInAt + sessionMaxAge * 1000 + slack) fail('life: a login is opened after its life')
      if (at > login.lastUse + idleTimeout * 1000 + slack) fail('life: a login is opened after it was idle')
    }
    login.lastUse = Date.now()
  }
})
