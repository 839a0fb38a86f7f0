import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { chromium, type Page } from 'playwright-core'
import t from 'tap'
import { startSandbox } from '../src/index.ts'

const executablePath = '/usr/bin/chromium'
const absent = !existsSync(executablePath) && process.env.CI !== 'true' && 'Chromium is not installed'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Accessibility defects of the page shown, found by axe beside the page's own security policy. */
async function defects(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: axe })
  const { result } = await session.send('Runtime.evaluate', {
    expression: 'axe.run().then(({ violations }) => violations.map(({ id }) => id))',
    awaitPromise: true,
    returnByValue: true
  })
  return result.value as string[]
}

t.test('a person clicks through a login and a logout', { skip: absent }, async (t) => {
  const service = createServer((request, response) => response.end(request.url))
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://localhost:${(service.address() as AddressInfo).port}`
  const sandbox = await startSandbox({ port: 0, baseUrl })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  t.teardown(async () => {
    await browser.close()
    await sandbox.close()
    service.closeAllConnections()
    service.close()
  })
  const page = await browser.newPage()
  const refused: string[] = []
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
  const { clientId, clientSecret, redirectUris, postLogoutRedirectUris } = sandbox.client
  const redirect_uri = redirectUris[0]!
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri,
    scope: 'openid identite_pivot',
    state: 'one',
    nonce: 'n'.repeat(32),
    acr_values: 'eidas1'
  }

  await page.goto(`${sandbox.issuer}/authorize?${new URLSearchParams(parameters)}`)
  t.same(await defects(page), [], 'choice page')
  await page.getByRole('button', { name: 'impots.gouv.fr' }).click()
  t.same(await defects(page), [], 'identity provider')
  await page.getByRole('button', { name: 'Angela' }).click()
  t.same(await defects(page), [], 'information page')
  await page.getByRole('button', { name: 'Continuer sur' }).click()
  const callback = new URL(page.url())
  t.equal(callback.origin + callback.pathname, redirect_uri)

  const code = callback.searchParams.get('code')!
  const token = await fetch(`${sandbox.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri,
      client_id: clientId,
      client_secret: clientSecret
    })
  })
  const { id_token } = (await token.json()) as { id_token: string }
  const post_logout_redirect_uri = postLogoutRedirectUris![0]!
  const logout = `${sandbox.issuer}/session/end?${new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri, state: 'two' })}`
  for (const cookies of ['with', 'without']) {
    if (cookies === 'without') await page.context().clearCookies()
    await page.goto(logout)
    await page.waitForURL(`${post_logout_redirect_uri}?state=two`)
    t.pass(`logged out ${cookies} cookies, the forms having sent themselves`)
  }
  t.same(refused, [], 'the security policy stops nothing of ours')

  await page.goto(`${sandbox.issuer}/authorize?foo=1`)
  t.same(await defects(page), [], 'error page')
  t.match(await page.textContent('main'), 'Y030007')
})
