import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { launch, noBrowser } from '../../../../test/browser/chromium.ts'
import { parseArguments } from '../../src/cli/cli-arguments.ts'
import { startSandbox } from '../../src/index.ts'

/** A service with two cookies, which sends to FranceConnect and shows the cookies that came back with the citizen. */
async function serviceOn(test: { teardown(end: () => unknown): unknown }) {
  let login = ''
  const answer = ({ url = '' }: IncomingMessage, response: ServerResponse) => {
    response.setHeader('content-type', 'text/html')
    response.setHeader('set-cookie', ['strict=1; SameSite=Strict; Path=/', 'lax=1; SameSite=Lax; Path=/'])
    if (url === '/') response.end(`<!doctype html><a href="${login}">FranceConnect</a>`)
  }
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/franceconnect/callback')) {
      response.setHeader('content-type', 'text/html')
      response.end(`<!doctype html><p>${request.headers.cookie}</p>`)
    } else {
      answer(request, response)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.teardown(() => server.close())
  const baseUrl = `http://localhost:${(server.address() as AddressInfo).port}`
  const sendTo = (address: string) => {
    login = address
  }
  return { baseUrl, sendTo }
}

t.test('SameSite cookies behave as between a service and FranceConnect', { skip: noBrowser }, async (t) => {
  const browser = await launch()
  t.teardown(() => browser.close())
  const cookiesAtTheCallback = async (otherSite: boolean) => {
    const service = await serviceOn(t)
    const sandbox = await startSandbox({ port: 0, baseUrl: service.baseUrl, otherSite })
    t.teardown(() => sandbox.close())
    const { clientId: client_id, redirectUris } = sandbox.client
    const asked = { client_id, redirect_uri: redirectUris[0]!, response_type: 'code', scope: 'openid' }
    const query = new URLSearchParams({ ...asked, state: 's', nonce: 'n'.repeat(32), acr_values: 'eidas1' })
    service.sendTo(`${sandbox.issuer}/authorize?${query}`.replaceAll('&', '&amp;'))
    const page = await browser.newPage()
    await page.goto(service.baseUrl)
    await page.click('a')
    await page.click('button[name=providerUid] >> nth=0')
    await page.click('button[value=test]')
    await page.click('button[name=accept]')
    await page.waitForURL(/callback/)
    return (await page.textContent('p')) ?? ''
  }
  t.match(await cookiesAtTheCallback(false), /strict=1.*lax=1/, 'one site: Strict comes back')
  const apart = await cookiesAtTheCallback(true)
  t.match(apart, /lax=1/, 'two sites: Lax comes back')
  t.notMatch(apart, /strict/, 'and Strict stays at home')
})

t.test('the addresses are on the host that the service does not have', async (t) => {
  const hostFor = async (baseUrl?: string) => {
    const sandbox = await startSandbox({ port: 0, otherSite: true, ...(baseUrl && { baseUrl }) })
    t.teardown(() => sandbox.close())
    t.equal((await fetch(`${sandbox.issuer}/.well-known/openid-configuration`)).status, 200)
    const callback = await sandbox.authorize(
      `${sandbox.issuer}/authorize?${new URLSearchParams({ client_id: sandbox.client.clientId, redirect_uri: sandbox.client.redirectUris[0]!, response_type: 'code', scope: 'openid', state: 's', nonce: 'n'.repeat(32), acr_values: 'eidas1' })}`
    )
    t.match(callback, /code=/)
    return new URL(sandbox.issuer).hostname
  }
  t.equal(await hostFor(), '127.0.0.1')
  t.equal(await hostFor('http://localhost:5000'), '127.0.0.1')
  t.equal(await hostFor('https://service.example'), '127.0.0.1')
  t.equal(await hostFor('http://127.0.0.1:5000'), 'localhost')
  t.same(parseArguments(['--other-site']), { otherSite: true })
})

t.test('what cannot be another site is refused', async (t) => {
  const refused = { code: 'FST_FC_SANDBOX_INVALID_OPTIONS', message: /otherSite/ }
  const baseUrl = ['http://localhost:3000', 'http://127.0.0.1:3000']
  await t.rejects(startSandbox({ port: 0, otherSite: true, baseUrl }), refused)
  await t.rejects(startSandbox({ port: 0, otherSite: true, hostName: 'fc.localhost' }), refused)
  await t.rejects(startSandbox({ port: 0, otherSite: true, listenAddress: '::1' }), refused)
})
