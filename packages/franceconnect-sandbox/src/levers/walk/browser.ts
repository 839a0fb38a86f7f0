interface Cookie {
  pair: string
  path: string
}

/** The cookies of one site, as a browser keeps them: by name and path. */
export interface Cookies {
  /** Takes the `Set-Cookie` headers of an answer. */
  take(headers: string[]): void
  /** The `Cookie` header to send, whatever the path. */
  readonly header: string
  /** The `Cookie` header to send to a path. */
  headerFor(path: string): string
}

export function createCookies(): Cookies {
  const values = new Map<string, Cookie>()
  return {
    take(headers) {
      for (const header of headers) {
        const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
        const at = pair.indexOf('=')
        const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/'
        const key = `${pair.slice(0, at)} ${path}`
        const expired = attributes.some((attribute) => /^(expires=.*1970|max-age=0$)/i.test(attribute))
        if (expired || pair.length === at + 1) values.delete(key)
        else values.set(key, { pair, path })
      }
    },
    get header() {
      return [...values.values()].map(({ pair }) => pair).join('; ')
    },
    headerFor(path) {
      const within = (cookie: Cookie) => `${path}/`.startsWith(cookie.path.replace(/\/?$/, '/'))
      const kept = [...values.values()].filter(within).sort((one, other) => other.path.length - one.path.length)
      return kept.map(({ pair }) => pair).join('; ')
    }
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
export interface Browser {
  get(url: string): Promise<Step>
  post(url: string, fields: Record<string, string>): Promise<Step>
  /** Follows redirects until a page, or until one leaves the sandbox. */
  follow(step: Step): Promise<Step>
  isHere(url: string): boolean
}

export function createBrowser(origin: string): Browser {
  const cookies = createCookies()

  async function send(url: string, init: RequestInit): Promise<Step> {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { cookie: cookies.headerFor(new URL(url).pathname), accept: 'text/html' }
    })
    cookies.take(response.headers.getSetCookie())
    const location = response.headers.get('location')
    return {
      url,
      status: response.status,
      location: location === null ? undefined : new URL(location, url).href,
      text: await response.text()
    }
  }

  const isHere = (url: string) => new URL(url).origin === origin

  return {
    get: (url) => send(url, {}),
    post: (url, fields) => send(url, { method: 'POST', body: new URLSearchParams(fields) }),
    async follow(step) {
      let current = step
      while (current.location !== undefined && current.status < 400 && isHere(current.location)) {
        current = await send(current.location, {})
      }
      return current
    },
    isHere
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
