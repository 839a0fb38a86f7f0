import t from 'tap'
import { violations } from './accessibility.ts'
import { noBrowser, phone } from './chromium.ts'
import { service } from './scene.ts'

t.test('the démarche in the dark, for those who prefer it, without a script', { skip: noBrowser }, async (t) => {
  if (service === undefined) return
  const context = await service.browser.newContext({ colorScheme: 'dark', viewport: phone })
  t.teardown(() => context.close())
  const page = await context.newPage()
  for (const path of ['/', '/demande/sans-franceconnect', '/accessibilite', '/mentions-legales', '/cookies']) {
    await page.goto(service.baseUrl + path)
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    t.equal(background, 'rgb(22, 22, 22)', path)
    t.strictSame(await violations(page), [], `axe: ${path}`)
  }
})
