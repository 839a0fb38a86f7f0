interface Cookie {
  pair: string
  path: string
}

/** The cookies of one site, as a browser keeps them: by name and path. */
export class Cookies {
  readonly #values = new Map<string, Cookie>()

  /** Takes the `Set-Cookie` headers of an answer. */
  take(headers: string[]): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
      const at = pair.indexOf('=')
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/'
      const key = `${pair.slice(0, at)} ${path}`
      const expired = attributes.some((attribute) => /^(expires=.*1970|max-age=0$)/i.test(attribute))
      if (expired || pair.length === at + 1) this.#values.delete(key)
      else this.#values.set(key, { pair, path })
    }
  }

  /** The `Cookie` header to send, whatever the path. */
  get header(): string {
    return [...this.#values.values()].map(({ pair }) => pair).join('; ')
  }

  /** The `Cookie` header to send to a path. */
  headerFor(path: string): string {
    const within = (cookie: Cookie) => `${path}/`.startsWith(cookie.path.replace(/\/?$/, '/'))
    const kept = [...this.#values.values()].filter(within).sort((one, other) => other.path.length - one.path.length)
    return kept.map(({ pair }) => pair).join('; ')
  }
}

/** One page or redirect that the walk met. */
export interface Step {
  url: string
  status: number
  location: string | undefined
  text: string
}

/** A browser without a screen: it keeps cookies, follows redirects on the sandbox and sends forms. */
export class Browser {
  readonly #cookies = new Cookies()
  readonly #origin: string

  constructor(origin: string) {
    this.#origin = origin
  }

  async get(url: string): Promise<Step> {
    return this.#send(url, {})
  }

  async post(url: string, fields: Record<string, string>): Promise<Step> {
    return this.#send(url, { method: 'POST', body: new URLSearchParams(fields) })
  }

  async #send(url: string, init: RequestInit): Promise<Step> {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { cookie: this.#cookies.headerFor(new URL(url).pathname), accept: 'text/html' }
    })
    this.#cookies.take(response.headers.getSetCookie())
    const location = response.headers.get('location')
    return {
      url,
      status: response.status,
      location: location === null ? undefined : new URL(location, url).href,
      text: await response.text()
    }
  }

  /** Follows redirects until a page, or until one leaves the sandbox. */
  async follow(step: Step): Promise<Step> {
    let current = step
    while (current.location !== undefined && current.status < 400 && this.isHere(current.location)) {
      current = await this.get(current.location)
    }
    return current
  }

  isHere(url: string): boolean {
    return new URL(url).origin === this.#origin
  }
}

/** The action and the hidden fields of a page's form. */
export function formIn(step: Step): { action: string; fields: Record<string, string> } | undefined {
  const form = /<form[^>]*method="post"[^>]*>/.exec(step.text)?.[0]
  if (form === undefined) return undefined
  const action = /action="([^"]*)"/.exec(form)?.[1] ?? step.url
  const fields: Record<string, string> = {}
  for (const [, name, value] of step.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
    fields[name!] = value!
  }
  return { action: new URL(action, step.url).href, fields }
}
