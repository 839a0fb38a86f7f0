import { hash } from 'node:crypto'
import { CookieJar } from '../hostile/cookie-jar.ts'
import type { Visit } from './gates.ts'
import { baseUrl, type Report } from './services.ts'
import type { World } from './world.ts'

export type Kind = 'start' | 'callback' | 'page' | 'logout' | 'destroy' | 'regenerate'

/** A request that left a browser, and its answer once there is one. */
export interface Sent extends Visit {
  browser: ModelBrowser
  kind: Kind
  path: string
  /** Who sits at the browser: somebody else after a logout. */
  person: number
  /** The slot of the login whose cookie went with it, and those of attempts. */
  carried: string | null
  attempts: string[]
  /** Of a callback: the slot of the login that it may become. */
  slot: string | null
  /** It went with cookies that the browser had earlier. */
  stale: boolean
  status: number
  location: string | undefined
  setCookie: string[]
  report: Report | null
  /** Milliseconds since the epoch at which it was sent. */
  at: number
  /** Moments of the run. */
  sentAt: number
  answeredAt: number
  taken: boolean
}

export interface ModelBrowser {
  name: number
  person: number
  /** Logouts of the person who is there, under way: whoever writes without a login comes after him. */
  leaving: Set<Sent>
  jar: CookieJar
  /** Callbacks that FranceConnect has sent it back to. */
  callbacks: { path: string; slot: string }[]
  /** Cookies that it had, the latest last. */
  kept: string[]
  send(process: number, kind: Kind, path: string, more?: { slot?: string; cookie?: string }): Sent
  take(sent: Sent): void
}

const here = new URL(baseUrl)
const most = 12

export const slotOf = (url: string) =>
  hash('sha256', new URL(url, baseUrl).searchParams.get('state') ?? '', 'base64url').slice(0, 22)

export function createBrowser(world: World, name: number): ModelBrowser {
  const browser: ModelBrowser = {
    name,
    person: 0,
    leaving: new Set(),
    jar: new CookieJar(),
    callbacks: [],
    kept: [],
    send(process, kind, path, more = {}) {
      const cookie = more.cookie ?? browser.jar.header(here)
      if (cookie !== '' && cookie !== browser.kept.at(-1)) browser.kept = [...browser.kept, cookie].slice(-most)
      const sent: Sent = {
        ...{ id: world.visits.length, what: `${name} ${kind} ${path}`, done: false, failed: false },
        ...{ browser, kind, path, person: browser.person, slot: more.slot ?? null, stale: more.cookie !== undefined },
        carried: /fc-login-\w+=1\.([\w-]{22})/.exec(cookie)?.[1] ?? null,
        attempts: [...cookie.matchAll(/fc-\w+-([\w-]{22})=/g)].map(([, slot = '']) => slot),
        ...{
          status: 0,
          location: undefined,
          setCookie: [],
          report: null,
          at: Date.now(),
          sentAt: 0,
          answeredAt: 0,
          taken: false
        }
      }
      world.visits.push(sent)
      world.watch.sent(sent)
      const headers = { host: here.host, accept: 'text/html', 'sec-fetch-mode': 'navigate', ...(cookie && { cookie }) }
      // what inject() gives starts when it is awaited
      const inject = async () => await world.service(process).inject({ method: 'GET', url: path, headers })
      world.gates.run(sent, inject).then((answer) => {
        sent.status = answer.statusCode
        sent.location = answer.headers.location?.toString()
        sent.setCookie = [answer.headers['set-cookie'] ?? []].flat()
        if (answer.headers['content-type']?.toString().startsWith('application/json') && answer.statusCode === 200)
          sent.report = answer.json()
        sent.done = true
        world.watch.answered(sent)
      })
      return sent
    },
    take(sent) {
      sent.taken = true
      // cookies of an earlier time are a copy: what they bring is not this browser's
      if (!sent.stale) browser.jar.take(sent.setCookie, here)
      world.watch.taken(sent)
    }
  }
  return browser
}
