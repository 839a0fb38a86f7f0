import { Browser, type Seen, type Visit } from '../../reliability/browser.ts'

const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

export type Visitor = ReturnType<typeof createVisitor>

/** A browser without a screen, for what needs no looking at: it follows redirects and keeps cookies. */
export function createVisitor() {
  const browser = new Browser()
  return {
    /** Opens an address as a page, up to where it leads. */
    async open(address: string, visit: Visit = {}): Promise<Seen & { url: string }> {
      let url = address
      let seen = await browser.open(url, { ...visit, headers: { ...navigation, ...visit.headers } })
      for (let hops = 0; seen.location !== undefined && hops < 20; hops += 1) {
        url = seen.location
        seen = await browser.open(url, { headers: navigation })
      }
      return { ...seen, url }
    },
    /** Asks as a script does. */
    ask: (address: string, visit: Visit = {}): Promise<Seen> =>
      browser.open(address, {
        ...visit,
        headers: { accept: 'application/json', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', ...visit.headers }
      }),
    cookies: (origin: string) => browser.jar(origin)
  }
}
