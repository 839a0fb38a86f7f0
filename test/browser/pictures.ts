import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

/** Pictures of the README are made by these tests: UPDATE_SCREENSHOTS=1 writes them there, else they go and die in /tmp. */
const folder =
  process.env.UPDATE_SCREENSHOTS === '1'
    ? fileURLToPath(new URL('../../docs/images/', import.meta.url))
    : mkdtempSync(join(tmpdir(), 'screenshots-'))

/** A picture of what stands in the window, made taller when a height in pixels is given. */
export async function picture(page: Page, name: string, height?: number): Promise<void> {
  const before = page.viewportSize()
  if (before !== null && height !== undefined) await page.setViewportSize({ ...before, height })
  await page.screenshot({ path: join(folder, `${name}.png`) })
  if (before !== null) await page.setViewportSize(before)
}
