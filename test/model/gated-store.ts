import type { SessionStore } from 'fastify-franceconnect'
import type { Gates } from './gates.ts'
import type { Outside } from './outside.ts'

type Done = (error: unknown, row?: never) => void

const short = (key: string) => key.replace(/^franceconnect-/, '').slice(0, 16)

/** A store whose every operation waits at a gate, and may fail there. */
export function gated(store: SessionStore, gates: Gates, outside: Outside): SessionStore {
  function hold(what: string, done: Done, effect: (answered: Done) => void): void {
    const go = (answered: Done) => {
      outside.enter()
      effect((error, row) => {
        outside.leave()
        answered(error, row)
      })
    }
    const lost = () => done(new Error('the connection was lost'))
    gates.hold(
      what,
      () => go(done),
      (after) => (after ? go(lost) : lost())
    )
  }

  return {
    get: (key, done) => hold(`get ${short(key)}`, done as Done, (answered) => store.get(key, answered as never)),
    set(key, session, done) {
      // as it is now: a store that sends it later has its text
      const text = JSON.stringify(session)
      hold(`set ${short(key)}`, done as Done, (answered) =>
        store.set(key, JSON.parse(text) as never, answered as never)
      )
    },
    destroy: (key, done) =>
      hold(`destroy ${short(key)}`, done as Done, (answered) => store.destroy(key, answered as never))
  }
}
