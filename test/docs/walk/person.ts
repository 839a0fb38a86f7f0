import type { Browser, Page } from 'playwright-core'
import { launch, noBrowser } from '../../browser/chromium.ts'
import { identify } from '../../browser/franceconnect.ts'

export type Person = ReturnType<typeof createPerson>

/** Somebody at their browser, who reads what is on the screen. */
export function createPerson(page: Page) {
  // biome-ignore lint/performance/useDomNodeTextContent: what is seen, not what is in the tree
  const read = async () => (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ').trim()
  return {
    page,
    read,
    async open(url: string): Promise<string> {
      await page.goto(url)
      return read()
    },
    /** Clicks a link or a button by the name that is seen. */
    async click(name: string): Promise<void> {
      await page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().click()
    },
    /** Goes through the sandbox and reads the page of the service that it comes back to. */
    async identify(citizen = 'test'): Promise<string> {
      await identify(page, citizen)
      return read()
    }
  }
}

/** A browser for the whole walk, none where there is none. */
export async function openBrowser() {
  const browser: Browser | undefined = noBrowser === false ? await launch() : undefined
  return {
    async person(): Promise<Person | undefined> {
      const context = await browser?.newContext({ locale: 'fr-FR', ignoreHTTPSErrors: true })
      const page = await context?.newPage()
      page?.setDefaultTimeout(60_000)
      return page && createPerson(page)
    },
    close: async () => browser?.close()
  }
}
