import { hash } from 'node:crypto'
import { CookieJar } from '../hostile/cookie-jar.ts'
import type { Visit } from './gates.ts'
import { baseUrl, type Report } from './services.ts'
import type { Word, World } from './world.ts'

export type Kind = 'start' | 'callback' | 'page' | 'logout' | 'destroy' | 'regenerate'

/** A request that left a browser, and its answer once there is one. */
export interface Sent extends Visit {
  browser: ModelBrowser
  kind: Kind
  path: string
  /** The slot of the login whose cookie went with it. */
  carried: string | null
  /** Of a callback: the slot of the login that it may become. */
  slot: string | null
  status: number
  location: string | undefined
  setCookie: string[]
  report: Report | null
  /** Sees what the browser knew when it was sent. */
  seen: unknown
}

export interface ModelBrowser {
  name: number
  jar: CookieJar
  /** Callbacks that FranceConnect has sent it back to. */
  callbacks: { path: string; slot: string }[]
  send(process: number, kind: Kind, path: string, slot?: string): void
  /** Takes an answer: its cookies, and where it leads. */
  take(sent: Sent, word: Word): void
}

const here = new URL(baseUrl)
const slotOf = (url: string) =>
  hash('sha256', new URL(url, baseUrl).searchParams.get('state') ?? '', 'base64url').slice(0, 22)

export function createBrowser(world: World, name: number): ModelBrowser {
  const browser: ModelBrowser = {
    name,
    jar: new CookieJar(),
    callbacks: [],
    send(process, kind, path, slot) {
      const cookie = browser.jar.header(here)
      const [, carried = null] = /fc-login-\w+=1\.([\w-]{22})/.exec(cookie) ?? []
      const sent: Sent = {
        ...{ id: world.visits.length, what: `${name} ${kind} ${path}`, waiting: 0, done: false },
        ...{ browser, kind, path, carried, slot: slot ?? null },
        ...{ status: 0, location: undefined, setCookie: [], report: null, seen: null }
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
    },
    take(sent, word) {
      browser.jar.take(sent.setCookie, here)
      if (sent.kind === 'start' && sent.location?.startsWith(world.provider.issuer)) {
        const sub = new URL(sent.path, baseUrl).searchParams.get('returnTo')!.slice('/read?'.length)
        const url = world.provider.authorize(sent.location, sub)
        browser.callbacks.push({ path: url.slice(baseUrl.length), slot: slotOf(url) })
        world.words.set(slotOf(url), word)
      }
      world.watch.taken(sent)
    }
  }
  return browser
}
