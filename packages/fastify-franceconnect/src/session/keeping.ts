import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Sealer } from 'franceconnect-protocol/seal'
import type { Settings } from '../options/options.ts'
import { type AttemptCookies, createAttemptCookies } from './attempt-cookie.ts'
import { type CallbackRows, createCallbackRows, type Underway } from './callback-rows.ts'
import { type CarriedLogin, createCarriedLogin } from './carried.ts'
import { createDoor, type Door } from './door.ts'
import { createLoginCookies, type LoginCookies, type LoginKey, type Reach } from './login-cookie.ts'
import { createLoginRows, type Kept, type LoginRows } from './login-rows.ts'
import { createMarks, type Marks } from './marks.ts'
import { createLoginRecords, type LoginRecords } from './record.ts'
import { createSeenCookies, type SeenCookies } from './seen-cookie.ts'
import type { SessionSetup } from './setup.ts'
import { type Rows, rowsOf, type SessionStore } from './store.ts'

/** Rows of ours in one store. */
export interface Kit {
  logins: LoginRows
  callbacks: CallbackRows
  marks: Marks
}

/** Where a login is kept: its record in the store, its cookie, the session bound to it. */
export interface Keeping {
  setup: SessionSetup
  door: Door
  records: LoginRecords
  cookies: LoginCookies
  seen: SeenCookies
  carried: CarriedLogin
  attempts: AttemptCookies
  /** Rows of the store that serves this request; without one, of the store known so far. */
  rows(request?: FastifyRequest): Kit
  /** The record of a slot, and its callback. */
  look(request: FastifyRequest, slot: string): Promise<[Kept | null, Underway | null]>
  store(request: FastifyRequest): SessionStore
  reach(request: FastifyRequest): Reach
  /** What a session of the login in a slot says; `turn` tells it from the one before, once that was regenerated. */
  mark(slot: string, turn: string | null): string
  clear(request: FastifyRequest, reply: FastifyReply, key: LoginKey): void
}

export function createKeeping(app: FastifyInstance, settings: Settings, sealer: Sealer, setup: SessionSetup): Keeping {
  const door = createDoor(app, setup.own === null ? settings.timeout : null, setup.onFailure)
  const records = createLoginRecords(sealer)
  const cookies = createLoginCookies(settings, sealer)
  const seen = createSeenCookies(settings, sealer)
  const kits = new WeakMap<SessionStore, Kit>()
  const ownReach = setup.cookie && reachOf({ ...setup.cookie.options, expires: setup.cookie.lasting })
  let latest: Kit | null = null
  if (setup.own) latest = remember(setup.own.store, setup.own.rows)

  function remember(of: SessionStore, rows: Rows): Kit {
    const kit = {
      logins: createLoginRows(rows),
      callbacks: createCallbackRows(rows),
      marks: createMarks(rows, endLife)
    }
    kits.set(of, kit)
    return kit
  }

  function rows(request?: FastifyRequest): Kit {
    const of = request ? store(request) : setup.hostStore(app)
    if (of === null) return latest!
    latest = kits.get(of) ?? remember(of, rowsOf(of, settings.timeout, setup.onFailure))
    return latest
  }

  const store = (request: FastifyRequest) => request.sessionStore as unknown as SessionStore
  const reach = (request: FastifyRequest) => ownReach ?? reachOf(door.of(request)?.cookie ?? {})

  return {
    setup,
    door,
    records,
    cookies,
    seen,
    carried: createCarriedLogin(records),
    attempts: createAttemptCookies(settings, sealer),
    rows,
    async look(request, slot) {
      const { logins, callbacks } = rows(request)
      const [login, underway] = await Promise.all([logins.find(slot), callbacks.find(slot)])
      // a callback writes the record and then removes its own row: the record may have come between the two reads
      return login === null && underway === null ? [await logins.find(slot), null] : [login, underway]
    },
    store,
    reach,
    mark: (slot, turn) => `${settings.mark}.${slot}${turn === null ? '' : `.${turn}`}`,
    clear(request, reply, key) {
      const far = reach(request)
      cookies.clear(request, reply, far)
      seen.clear(request, reply, far, key.slot)
    }
  }
}

/** Longer than an attempt may take: what was under way when its browser logged out is over. */
const endLife = 35 * 60_000

function reachOf({
  domain,
  path,
  expires
}: {
  domain?: string | null | undefined
  path?: string | undefined
  expires?: unknown
}): Reach {
  return { domain: domain ?? undefined, path: path ?? '/', lasting: Boolean(expires) }
}
