import { register } from 'node:module'
import type { Plugin } from './services.ts'

/** One text of the built plugin, and what stands in its place. `breaks`: how what must then break begins. */
export interface Planted {
  breaks: string
  file: string
  sound: string
  planted: string
}

/** A fault for each thing that must hold, but for what a logout ends: the record and its session both would have to stay. */
export const faults: Record<string, Planted> = {
  'a refusal that lets in': {
    breaks: 'let in:',
    file: 'login/consent.js',
    sound: 'throw error;\n            request.log.error',
    planted: 'return true;\n            request.log.error'
  },
  'a session that outlives its login': {
    breaks: 'data:',
    file: 'session/meeting.js',
    sound: 'await leave(request, reply, mark);',
    planted: ';'
  },
  'a session overwritten that is not found again': {
    breaks: 'standing:',
    file: 'session/meeting.js',
    sound: '(await door.restore(request, session)) &&',
    planted: 'false &&'
  },
  'rows that never expire': {
    breaks: 'store:',
    file: 'session/login-rows.js',
    sound: 'expires: new Date(Date.now() + life)',
    planted: 'expires: null'
  }
}

register('./planted-hooks.mjs', import.meta.url, { data: faults })

/** The built plugin with one fault in it. */
export async function withFault(name: string): Promise<Plugin> {
  const built = import.meta.resolve('fastify-franceconnect')
  const { default: plugin } = (await import(`${built}?fault=${encodeURIComponent(name)}`)) as { default: Plugin }
  return plugin
}
