import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { desktop, phone } from './chromium.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  nodes: { target: string[]; failureSummary: string }[]
}

/** What axe finds wrong, all rules on, and what does not fit the width, on a desktop and on a phone. */
export async function violations(page: Page): Promise<string[]> {
  const before = page.viewportSize() ?? desktop
  const found: string[] = []
  for (const size of [desktop, phone]) {
    await page.setViewportSize(size)
    found.push(...(await inspect(page)).map((line) => `${size.width} px: ${line}`))
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > size.width) found.push(`${size.width} px: the page is ${width} px wide`)
  }
  await page.setViewportSize(before)
  return found
}

/** Runs in the debugger's own context: the page's Content-Security-Policy stays as it is. */
async function inspect(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `${axe}; axe.run().then((results) => JSON.stringify(results.violations))`,
    awaitPromise: true,
    returnByValue: true
  })
  await session.detach()
  if (exceptionDetails !== undefined) return [`axe failed: ${exceptionDetails.text}`]
  return (JSON.parse(result.value) as Violation[]).flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`)
  )
}
