import type { Sent } from './browser.ts'
import type { Kept } from './rows.ts'
import { idleTimeout, sessionMaxAge } from './services.ts'

/** What must hold at every moment. Throws what is broken, by its name. */
export interface Watch {
  asked(id: string, sub: string): void
  agreed(id: string): void
  sent(sent: Sent): void
  answered(sent: Sent): void
  taken(sent: Sent): void
  /** What is true of this browser is not sure any more: an end from the server, a store that failed. */
  unsure(browser: number): void
  /** The id of the login that a browser surely holds. */
  sure(browser: number): string | null
  /** Once everything is over and every browser has logged out: what the store still keeps. */
  left(kept: readonly Kept[]): void
  readonly broken: string | null
}

interface Sure {
  id: string
  until: number
  freshUntil: number
}

interface Known {
  /** Logins that the application was asked about, for this browser. */
  asked: string[]
  /** Those that a logout ended. */
  ended: Set<string>
  sure: Sure | null
  /** Counts what may change who is there. */
  epoch: number
}

/** Slack for what an answer tells of the time, in milliseconds. */
const slack = 120_000

export function createWatch(): Watch {
  const citizens = new Map<string, string>()
  const allowed = new Set<string>()
  const owners = new Map<string, number>()
  const loggedInAt = new Map<string, number>()
  const lastUse = new Map<string, number>()
  /** Slots of the logins that a logout carried. */
  const closed = new Set<string>()
  const known: Known[] = []
  let broken: string | null = null

  const of = (browser: number): Known => {
    known[browser] ??= { asked: [], ended: new Set(), sure: null, epoch: 0 }
    return known[browser]
  }
  const fail = (what: string) => {
    broken ??= what
  }
  const changes = (sent: Sent) => sent.kind !== 'page' && sent.kind !== 'start' && sent.kind !== 'regenerate'
  const idOf = (slot: string | null) => [...allowed].find((id) => id.startsWith(slot ?? ' ')) ?? null

  function look(sent: Sent): void {
    const { report, browser } = sent
    if (report === null) return
    const { id, sub, notes } = report
    const { ended, sure } = sent.seen as { ended: ReadonlySet<string>; sure: Sure | null; at: number }
    const { at } = sent.seen as { at: number }
    if (id !== null) {
      if (!allowed.has(id)) fail('let in: somebody is in whom the application has not let in')
      if (citizens.get(id) !== sub) fail('data: a login shows another citizen')
      if (owners.get(id) !== browser.name) fail('data: a browser opened another browser’s login')
      if (ended.has(id)) fail('logout: a login is opened after the answer to its logout')
      if (at > (loggedInAt.get(id) ?? 0) + sessionMaxAge * 1000 + 1000) fail('expiry: a login is opened after its life')
      if (at > (lastUse.get(id) ?? at) + idleTimeout * 1000 + 1000) fail('idle: a login is opened after it was idle')
    }
    for (const owner of notes) {
      const draft = owner === `nobody-${browser.name}`
      if (!draft && owner !== sub) fail(`data: ${sub ?? 'nobody'} is shown what was written for ${owner}`)
    }
    if (
      sure !== null &&
      of(browser.name).sure === sure &&
      Date.now() < Math.min(sure.until, sure.freshUntil) &&
      id !== sure.id
    )
      fail('standing: a login that was confirmed is not found')
  }

  return {
    get broken() {
      return broken
    },
    asked(id, sub) {
      citizens.set(id, sub)
      loggedInAt.set(id, Date.now())
      lastUse.set(id, Date.now())
      const browser = owners.get(id.slice(0, 22))
      if (browser === undefined) return fail('let in: a login of no browser')
      owners.set(id, browser)
      of(browser).asked.push(id)
    },
    agreed: (id) => void allowed.add(id),
    sent(sent) {
      const state = of(sent.browser.name)
      if (sent.slot !== null) owners.set(sent.slot, sent.browser.name)
      const asked = [...state.asked]
      const { sure } = state
      if (changes(sent)) {
        state.epoch += 1
        state.sure = null
      }
      const { epoch } = state
      sent.seen = { ended: new Set(state.ended), sure, asked, epoch, at: Date.now(), carried: idOf(sent.carried) }
    },
    answered(sent) {
      look(sent)
      const state = of(sent.browser.name)
      const { asked, carried } = sent.seen as { asked: string[]; carried: string | null }
      const id = sent.report?.id ?? carried
      if (id !== null && sent.status < 500) lastUse.set(id, Date.now())
      if (sent.kind === 'logout' && sent.status < 400 && sent.carried !== null) {
        closed.add(sent.carried)
        for (const one of asked) state.ended.add(one)
      }
    },
    taken(sent) {
      const state = of(sent.browser.name)
      const { sure, epoch, at } = sent.seen as { sure: Sure | null; epoch: number; at: number }
      if (sent.kind === 'page' && sent.report !== null && state.sure?.id === sent.report.id)
        state.sure.freshUntil = Math.max(state.sure.freshUntil, at + idleTimeout * 1000 - slack)
      if (sent.kind === 'logout') state.sure = null
      if (sent.kind !== 'callback' || state.epoch !== epoch) return
      const id = idOf(sent.slot)
      const isIn = sent.setCookie.some((line) => line.startsWith('fc-login-') && line.includes(sent.slot!))
      if (isIn && id !== null && !state.ended.has(id)) {
        const since = loggedInAt.get(id)!
        state.sure = { id, until: since + sessionMaxAge * 1000 - 1000, freshUntil: since + idleTimeout * 1000 - slack }
      } else if (!isIn && sent.status < 500) state.sure = sure
    },
    unsure(browser) {
      const state = of(browser)
      state.sure = null
      state.epoch += 1
    },
    sure: (browser) => of(browser).sure?.id ?? null,
    left(kept) {
      const soon = Date.now() + 36 * 60_000
      for (const { key, until } of kept) {
        if (closed.has(key.replace('franceconnect-login-', ''))) fail('store: a login is left after its logout')
        if (/^franceconnect-(end|over|callback)-/.test(key) && (until === null || until > soon))
          fail('store: a mark stays beyond its time')
        if (key.startsWith('franceconnect-') && (until === null || until > Date.now() + sessionMaxAge * 1000))
          fail('store: a row stays beyond its time')
      }
    }
  }
}
