/** What the model knows of one login, from the way to FranceConnect on. */
export interface KnownLogin {
  slot: string
  browser: number
  sub: string
  /** Moment of the run at which a callback of it was first sent; `null` before. */
  calledBackAt: number | null
  /** Moment of the run at which its tokens were asked: from then on the store tells that it is under way. */
  claimedAt: number | null
  /** Once the application was asked. */
  id: string | null
  agreed: boolean
  /** An opening of its callback met a failure, which the others are told of too. */
  failed: boolean
  /** Milliseconds since the epoch. */
  loggedInAt: number
  lastUse: number
  /** Its callback and a logout were under way at once: the later answer says what the browser holds. */
  overlapped: boolean
  /** Moment of the run at which it was over for all to see: no request sent later opens it. */
  overAt: number | null
}

/** Every login of a run. */
export interface Ledger {
  /** Moments of the run, one for each thing that happens. */
  moment(): number
  /** Moments at which somebody left a browser: by browser and person. */
  readonly left: Map<string, number>
  begin(slot: string, browser: number, sub: string): void
  find(slot: string | null): KnownLogin | undefined
  of(browser: number): KnownLogin[]
  all(): KnownLogin[]
}

export function createLedger(): Ledger {
  const logins = new Map<string, KnownLogin>()
  let moment = 0
  return {
    left: new Map(),
    moment: () => ++moment,
    begin(slot, browser, sub) {
      const nothing = {
        calledBackAt: null,
        claimedAt: null,
        id: null,
        agreed: false,
        failed: false,
        overlapped: false,
        loggedInAt: 0,
        lastUse: 0,
        overAt: null
      }
      logins.set(slot, { slot, browser, sub, ...nothing })
    },
    find: (slot) => logins.get(slot?.slice(0, 22) ?? ''),
    of: (browser) => [...logins.values()].filter((login) => login.browser === browser),
    all: () => [...logins.values()]
  }
}
