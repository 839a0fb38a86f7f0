import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Why no browser can be driven on this machine; `false` where one can. In CI nothing is skipped. */
export const noBrowser: string | false =
  process.env.CI === 'true' || existsSync(executablePath)
    ? false
    : `no browser at ${executablePath}: install Chromium, or give its path in CHROMIUM`

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

export const desktop = { width: 1200, height: 900 }
export const phone = { width: 375, height: 740 }
