import { register } from 'node:module'
import type { Weights } from './commands.ts'
import type { Plugin } from './services.ts'

/** One text of the built plugin, and what stands in its place. */
export interface Planted {
  /** How what must then break begins. */
  breaks: string
  file: string
  sound: string
  planted: string
  /** What this search does more often. */
  weights?: Weights
}

const overlapping: Weights = { leaving: 40, fail: 0, pass: 0 }

/** Faults for each thing that must hold. */
export const faults: Record<string, Planted> = {
  'a refusal that lets in': {
    breaks: 'let in:',
    file: 'login/consent.js',
    sound: 'throw error;\n            request.log.error',
    planted: 'return true;\n            request.log.error'
  },
  'a callback that does not ask whether the browser logged out': {
    breaks: 'logout:',
    file: 'session/commit.js',
    sound: 'if (logouts.some(({ end }, place) => end !== ends[place]))',
    planted: 'if (false)',
    weights: overlapping
  },
  'a logout that ends nothing beside its login': {
    breaks: 'logout:',
    file: 'session/revoke.js',
    sound: 'let wave = [',
    planted: 'let wave = []; [',
    weights: { both: 20 }
  },
  'a session that outlives its login': {
    breaks: 'data:',
    file: 'session/meeting.js',
    sound: 'await leave(request, reply, mark);',
    planted: ';'
  },
  'a session handed from one citizen to the next': {
    breaks: 'data:',
    file: 'session/establish.js',
    sound: 'return own ? door.keysOf(request) : [];',
    planted: 'return door.keysOf(request);'
  },
  'a session overwritten that is not found again': {
    breaks: 'standing:',
    file: 'session/meeting.js',
    sound: '(await door.restore(request, session)) &&',
    planted: 'false &&'
  },
  'attempts ended on the word of their names': {
    breaks: 'standing:',
    file: 'session/attempt-cookie.js',
    sound: 'return macs.some(',
    planted: 'return true || macs.some(',
    weights: { plant: 12, logout: 8, start: 8, callback: 8 }
  },
  'a twin that never sees the login': {
    breaks: 'answer:',
    file: 'session/claims.js',
    sound: 'if (login !== null)',
    planted: 'if (false)',
    weights: { start: 8, callback: 14 }
  },
  'a login without an end': {
    breaks: 'life:',
    file: 'session/seen-cookie.js',
    sound: 'if (passed > idle)',
    planted: 'if (false)',
    weights: { pass: 6, login: 8, page: 10, fail: 0 }
  },
  'rows that never expire': {
    breaks: 'store:',
    file: 'session/login-rows.js',
    sound: 'expires: new Date(Date.now() + life)',
    planted: 'expires: null'
  },
  'a record that stays after its logout': {
    breaks: 'store:',
    file: 'session/revoke.js',
    sound: 'await Promise.all([logins.remove(own),',
    planted: 'await Promise.all([null,',
    weights: { fail: 0, lose: 0, lostLogout: 0 }
  }
}

register('./planted-hooks.mjs', import.meta.url, { data: faults })

/** The built plugin with one fault in it. */
export async function withFault(name: string): Promise<Plugin> {
  const built = import.meta.resolve('fastify-franceconnect')
  const { default: plugin } = (await import(`${built}?fault=${encodeURIComponent(name)}`)) as { default: Plugin }
  return plugin
}
