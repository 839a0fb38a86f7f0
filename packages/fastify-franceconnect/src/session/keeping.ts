import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Sealer } from 'franceconnect-protocol/seal'
import type { Settings } from '../options/options.ts'
import { type CarriedLogin, createCarriedLogin } from './carried.ts'
import { createDoor, type Door } from './door.ts'
import { createLoginCookies, type LoginCookies, type LoginKey, type Reach } from './login-cookie.ts'
import { createLoginRows, type LoginRows } from './login-rows.ts'
import { createLoginRecords, type LoginRecords } from './record.ts'
import { createSeenCookies, type SeenCookies } from './seen-cookie.ts'
import type { SessionSetup } from './setup.ts'
import { rowsOf, type SessionStore } from './store.ts'

/** Where a login is kept: its record in the store, its cookie, the session bound to it. */
export interface Keeping {
  setup: SessionSetup
  door: Door
  records: LoginRecords
  cookies: LoginCookies
  seen: SeenCookies
  carried: CarriedLogin
  /** Rows of the store that serves this request; without one, of the store known so far. */
  rows(request?: FastifyRequest): LoginRows
  store(request: FastifyRequest): SessionStore
  reach(request: FastifyRequest): Reach
  /** What a session of the login in a slot says; `turn` tells it from the one before, once that was regenerated. */
  mark(slot: string, turn: string | null): string
  clear(request: FastifyRequest, reply: FastifyReply, key: LoginKey): void
}

export function createKeeping(app: FastifyInstance, settings: Settings, sealer: Sealer, setup: SessionSetup): Keeping {
  const door = createDoor(app, settings.timeout, setup.onFailure)
  const records = createLoginRecords(sealer)
  const cookies = createLoginCookies(settings, sealer)
  const seen = createSeenCookies(settings, sealer)
  const rowsByStore = new WeakMap<SessionStore, LoginRows>()
  const ownReach = setup.cookie && reachOf({ ...setup.cookie.options, expires: setup.cookie.lasting })
  let latest: LoginRows | null = null
  if (setup.own) latest = remember(setup.own.store, createLoginRows(setup.own.rows, endLife))

  function remember(store: SessionStore, rows: LoginRows): LoginRows {
    rowsByStore.set(store, rows)
    return rows
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
    rows(request) {
      const of = request ? store(request) : setup.hostStore(app)
      if (of === null) return latest!
      latest =
        rowsByStore.get(of) ?? remember(of, createLoginRows(rowsOf(of, settings.timeout, setup.onFailure), endLife))
      return latest
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
