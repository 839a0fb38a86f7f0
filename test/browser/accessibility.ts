import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { desktop, phone } from './chromium.ts'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  nodes: { target: string[]; failureSummary: string }[]
}

/** What axe finds wrong, all rules on, and what does not fit the width, on a desktop and on a phone. */
export async function violations(page: Page): Promise<string[]> {
  const before = page.viewportSize() ?? desktop
  const axe = await openAxe(page)
  const found: string[] = []
  for (const size of [desktop, phone]) {
    await page.setViewportSize(size)
    found.push(...(await axe.run()).map((line) => `${size.width} px: ${line}`))
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > size.width) found.push(`${size.width} px: the page is ${width} px wide`)
  }
  await axe.close()
  await page.setViewportSize(before)
  return found
}

/** Through the debugger: the page's Content-Security-Policy stays as it is. */
async function openAxe(page: Page) {
  const session = await page.context().newCDPSession(page)
  const evaluate = async (expression: string): Promise<unknown> => {
    const options = { expression, awaitPromise: true, returnByValue: true }
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', options)
    if (exceptionDetails !== undefined) throw new Error(`axe failed: ${exceptionDetails.text}`)
    return result.value
  }
  await evaluate(`${source}; undefined`)
  return {
    async run(): Promise<string[]> {
      const results = await evaluate(
        "axe.run({ resultTypes: ['violations'] }).then((r) => JSON.stringify(r.violations))"
      )
      return (JSON.parse(String(results)) as Violation[]).flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`)
      )
    },
    close: () => session.detach()
  }
}
