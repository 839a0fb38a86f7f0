import { once } from 'node:events'
import { createServer } from 'node:net'
import { startSandbox } from 'franceconnect-sandbox'
import type { Page } from 'playwright-core'
import { buildApp } from '../../examples/aide-juridictionnelle/src/app.ts'
import { desktop, launch } from './chromium.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** The démarche and the sandbox, listening on free ports as they do under `npm start`, and a browser. */
export async function startService() {
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  const sandbox = await startSandbox({ port: 0, baseUrl })
  const app = await buildApp({
    franceConnect: { ...sandbox.franceConnectOptions, baseUrl },
    providers: sandbox.fcDataOptions.providers
  })
  await app.listen({ port, host: 'localhost' })
  const browser = await launch()
  return {
    baseUrl,
    sandbox,
    browser,
    /** The home page in a browser of its own: nothing remembered from the visitor before. */
    async visit(size = desktop): Promise<Page> {
      const context = await browser.newContext({ viewport: size, locale: 'fr-FR' })
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      await page.goto(baseUrl)
      return page
    },
    close: async () => {
      await browser.close()
      await Promise.all([app.close(), sandbox.close()])
    }
  }
}
