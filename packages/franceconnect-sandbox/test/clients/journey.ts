import type { IncomingHttpHeaders } from 'node:http'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { Sandbox } from '../../src/index.ts'
import { type Browser, createCookies, formIn } from '../../src/levers/walk/browser.ts'
import { send } from '../exchanges/wire.ts'

/** A service under test and the browser that visits it. */
export interface Journey {
  /** Opens an address of the service; redirects inside the service are followed. */
  open(
    url: string
  ): Promise<{ status: number; location: string | undefined; headers: IncomingHttpHeaders; text: string }>
  /** Logs a citizen in, from a page of the service back to it. */
  logIn(url: string, citizen?: string): ReturnType<Journey['open']>
  /** Leaves by an address of the service, through FranceConnect, back to the service. */
  logOut(url: string): Promise<URL>
  /** Whether FranceConnect asks this browser who it is: it is logged out there too. */
  isAsked(url: string): Promise<boolean>
}

/** A browser on a service at `origin` and on the sandbox. */
export function journey(sandbox: Sandbox, origin: string): Journey {
  const cookies = createCookies()
  const browser = sandbox.browser()

  async function open(url: string) {
    let address = new URL(url, origin).href
    for (;;) {
      const { pathname, search } = new URL(address)
      const { status, headers, text } = await send(origin, 'GET', pathname + search, {
        cookie: cookies.header,
        accept: 'text/html',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document'
      })
      cookies.take(headers['set-cookie'] ?? [])
      const location = headers.location === undefined ? undefined : new URL(headers.location, address).href
      if (location === undefined || new URL(location).origin !== origin) return { status, headers, text, location }
      address = location
    }
  }

  const started = async (url: string): Promise<string> => {
    const { location, status, text } = await open(url)
    if (location === undefined || !browser.isHere(location)) throw new Error(`${status} ${location} ${text}`)
    return location
  }

  return {
    open,
    logIn: async (url, citizen) => open(await sandbox.authorize(await started(url), citizen, { browser })),
    logOut: async (url) => new URL(await leave(browser, await started(url))),
    isAsked: async (url) =>
      (await browser.follow(await browser.get(await started(url)))).text.includes('Choisissez un compte')
  }
}

/** Walks a logout as a browser does, its self-submitting forms included; answers where the service is come back to. */
export async function leave(browser: Browser, url: string): Promise<string> {
  let step = await browser.get(url)
  while (step.location === undefined || browser.isHere(step.location)) {
    const form = formIn(step)
    if (step.location !== undefined) step = await browser.get(step.location)
    else if (form && step.status === 200) step = await browser.post(form.action, form.fields)
    else throw new Error(`the logout stopped at ${step.status} ${step.url}`)
  }
  return step.location
}

/** Userinfo as FranceConnect gives it: a signed token, verified. For clients that expect JSON there. */
export async function userinfoOf(issuer: string, accessToken: string, audience: string) {
  const response = await fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
  const { payload } = await jwtVerify(await response.text(), keys, { issuer, audience, algorithms: ['ES256'] })
  return payload
}
