import { type Browser, formIn, type Step } from '../src/levers/walk/browser.ts'
import type { RelyingParty } from './relying-party.ts'

/** A person at the pages of a sandbox, one click at a time. */
export class Visitor {
  readonly service: RelyingParty
  readonly browser: Browser
  readonly seen: Step[] = []

  constructor(service: RelyingParty, browser = service.sandbox.browser()) {
    this.service = service
    this.browser = browser
  }

  /** Follows redirects one by one, noting each. */
  async #on(first: Step): Promise<Step> {
    let step = first
    this.seen.push(step)
    while (step.location !== undefined && step.status < 400 && this.browser.isHere(step.location)) {
      step = await this.browser.get(step.location)
      this.seen.push(step)
    }
    return step
  }

  async open(url: string): Promise<Step> {
    return this.#on(await this.browser.get(url))
  }

  async start(set: Record<string, string> = {}): Promise<Step> {
    return this.open(this.service.authorizeUrl(set))
  }

  /** Sends the form of a page with these fields besides its own. */
  async send(page: Step, fields: Record<string, string> = {}): Promise<Step> {
    const form = formIn(page)
    if (!form) throw new Error(`no form on ${page.url}: ${page.status}`)
    return this.#on(await this.browser.post(form.action, { ...form.fields, ...fields }))
  }

  /** Chooses the identity provider offered first, or this one. */
  choose(page: Step, providerUid = /name="providerUid" value="([^"]+)"/.exec(page.text)?.[1] ?? ''): Promise<Step> {
    return this.send(page, { providerUid })
  }

  /** From the choice page to the information page. */
  async identify(page: Step, login = 'test', more: Record<string, string> = {}): Promise<Step> {
    return this.send(await this.choose(page), { login, acr: this.service.acr, ...more })
  }

  /** The link back of a page. */
  back(page: Step): Promise<Step> {
    const link = /id="back-to-sp-link" href="([^"]+)"/.exec(page.text)?.[1]
    if (link === undefined) throw new Error('no link back')
    return this.open(new URL(link.replaceAll('&amp;', '&'), page.url).href)
  }
}
