import type { Sent } from './browser.ts'
import type { Visit } from './gates.ts'
import { answered } from './invariants/answered.ts'
import { data } from './invariants/data.ts'
import type { Invariant } from './invariants/invariant.ts'
import { letIn } from './invariants/let-in.ts'
import { life } from './invariants/life.ts'
import { logout } from './invariants/logout.ts'
import { type Standing, standing } from './invariants/standing.ts'
import { type Orphans, orphans } from './invariants/store.ts'
import { createLedger, type KnownLogin, type Ledger } from './ledger.ts'

/** What must hold at every moment. */
export interface Watch {
  readonly ledger: Ledger
  readonly store: Orphans
  /** The first thing that did not hold. */
  readonly broken: string | null
  claimed(slot: string): void
  asked(id: string): void
  agreed(id: string): void
  sent(sent: Sent): void
  answered(sent: Sent): void
  taken(sent: Sent): void
  /** Something failed that a request had asked. */
  failed(sent: Sent): void
  /** The login that a browser surely holds, by its cookies. */
  sure(browser: number, carried: string | null): KnownLogin | null
  /** The application ends a login from the server; the answer is whether it did. */
  ends(login: KnownLogin, ending: Visit, done: Promise<boolean>): void
}

export function createWatch(): Watch {
  let broken: string | null = null
  const fail = (what: string) => {
    broken ??= what
  }
  const ledger = createLedger()
  const stand: Standing = standing(ledger, fail)
  const invariants: Invariant[] = [...[letIn, data, life, logout, answered].map((each) => each(ledger, fail)), stand]

  return {
    ledger,
    store: orphans(ledger, fail),
    get broken() {
      return broken
    },
    claimed(slot) {
      const login = ledger.find(slot)
      if (login !== undefined) login.claimedAt ??= ledger.moment()
    },
    asked(id) {
      const login = ledger.find(id)
      if (login === undefined) return fail('let in: a login of no browser')
      login.id = id
      login.loggedInAt = Date.now()
      login.lastUse = Date.now()
    },
    agreed(id) {
      const login = ledger.find(id)
      if (login !== undefined) login.agreed = true
    },
    sent(sent) {
      sent.sentAt = ledger.moment()
      const own = ledger.find(sent.slot)
      if (own !== undefined) own.calledBackAt ??= sent.sentAt
      const carried = ledger.find(sent.carried)
      if (sent.kind === 'logout' && !sent.stale && carried !== undefined && stand.stands(carried))
        sent.browser.leaving.add(sent)
      for (const each of invariants) each.sent?.(sent)
    },
    answered(sent) {
      sent.answeredAt = ledger.moment()
      sent.failed ||= ledger.find(sent.slot)?.failed === true
      for (const each of invariants) each.answered?.(sent)
      // whoever logs out leaves the browser to the next
      const left = sent.browser.leaving.delete(sent)
      if (left && sent.status < 400 && !sent.failed) {
        ledger.left.set(`${sent.browser.name}-${sent.browser.person}`, sent.answeredAt)
        sent.browser.person += 1
      }
    },
    taken(sent) {
      for (const each of invariants) each.taken?.(sent)
    },
    failed(sent) {
      sent.failed = true
      const own = ledger.find(sent.slot)
      if (own !== undefined) own.failed = true
      for (const each of invariants) each.unsure?.(sent.browser.name)
    },
    sure(browser, carried) {
      const login = ledger.find(carried)
      return login?.browser === browser && stand.stands(login) ? login : null
    },
    ends(login, ending, done) {
      stand.ends(login, ending)
      done.then(
        (ended) => {
          if (ended) login.overAt ??= ledger.moment()
        },
        () => {}
      )
    }
  }
}
