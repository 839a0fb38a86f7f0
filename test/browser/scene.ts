import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { violations } from './accessibility.ts'
import { noBrowser, type phone } from './chromium.ts'
import { startService } from './service.ts'

/** Where there is no browser, none. */
export const service = noBrowser === false ? await startService() : undefined
t.teardown(() => service?.close())
t.afterEach(() => service?.sandbox.faults.clear())

export interface Scene {
  page: Page
  service: NonNullable<typeof service>
}

/** One citizen in one browser, the home page open; skipped, saying why, where there is none. */
export function journey(name: string, scene: (t: Test, scene: Scene) => Promise<void>, size?: typeof phone): void {
  t.test(name, { skip: noBrowser }, async (t) => {
    if (service === undefined) return
    const page = await service.visit(size)
    t.teardown(() => page.context().close())
    await scene(t, { page, service })
  })
}

export async function accessible(t: Test, page: Page, name: string): Promise<void> {
  t.strictSame(await violations(page), [], `axe: ${name}`)
}

/** The text of the page as it is read, one kind of space. */
export async function textOf(page: Page): Promise<string> {
  return ((await page.getByRole('main').textContent()) ?? '').replace(/\s+/g, ' ')
}
