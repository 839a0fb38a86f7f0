import { request } from 'node:http'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'
import { withService } from './service.ts'

/** A request with headers that `fetch` does not let be chosen. */
function ask(address: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const json = { 'content-type': 'application/json' }

t.test('only this machine by its own names sees the window', async (t) => {
  const { address, page } = await withService(t)
  const port = new URL(page).port
  for (const path of [
    '/',
    '/window/events',
    '/window/exchanges/1',
    '/window/secret?client=franceconnect-sandbox',
    '/window/page/main.js'
  ]) {
    for (const host of ['evil.example', 'localhost.evil.example', '192.168.1.9', 'evil-localhost', '']) {
      t.equal(await ask(address(path), { host: `${host}:${port}` }), 403, `${host} ${path}`)
    }
  }
  for (const host of ['localhost', '127.0.0.1', '[::1]', 'franceconnect.localhost', 'LOCALHOST']) {
    t.equal(await ask(page, { host: `${host}:${port}` }), 200, host)
  }
  const named = await startSandbox({ port: 0, hostName: 'sandbox.test' })
  t.teardown(() => named.close())
  const { host, port: taken } = new URL(named.issuer)
  t.equal(await ask(`http://127.0.0.1:${taken}/`, { host }), 200, 'the name that it publishes')
})

t.test('another origin reads nothing and pulls no lever', async (t) => {
  const { address, page, sandbox } = await withService(t)
  const events = address('/window/events')
  for (const site of ['cross-site', 'same-site']) {
    t.equal(await ask(events, { 'sec-fetch-site': site, 'sec-fetch-mode': 'cors' }), 403, site)
  }
  t.equal(await ask(page, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }), 200, 'a link leads here')
  const levers = address('/window/levers')
  const pull = JSON.stringify({ lever: 'fault', target: 'dgfip', fault: 'down' })
  const { origin } = new URL(page)
  const refused: [string, Record<string, string>, string?][] = [
    ['another site', { ...json, 'sec-fetch-site': 'cross-site' }],
    ['another port', { ...json, 'sec-fetch-site': 'same-site' }],
    ['another origin', { ...json, origin: 'http://localhost:3000' }],
    ['no origin', { ...json, origin: 'null' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded', origin }],
    ['a form of text', { 'content-type': 'text/plain', origin }],
    ['another host', { ...json, host: 'evil.example' }],
    ['a GET', json, 'GET']
  ]
  for (const [name, headers, method = 'POST'] of refused) {
    t.equal(await ask(levers, headers, method, method === 'POST' ? pull : ''), 403, name)
  }
  t.same(sandbox.faults.active, [])
  t.equal(await ask(levers, { ...json, origin, 'sec-fetch-site': 'same-origin' }, 'POST', pull), 200)
  t.equal(await ask(levers, json, 'POST', pull), 200, 'a program that is no browser')
  t.same(sandbox.faults.active, [{ target: 'dgfip', fault: { kind: 'down' } }])
})

t.test('the page allows nothing from elsewhere, and there is nothing else under /window/', async (t) => {
  const { address, page } = await withService(t)
  const response = await fetch(page)
  const policy = response.headers.get('content-security-policy') ?? ''
  t.match(policy, /^default-src 'none';/)
  t.notMatch(policy, /unsafe|http:|https:|\*/)
  t.match(await response.text(), 'lang="fr"')
  const missing = [
    '/window/',
    '/window/page/../../cli.js',
    '/window/page/%2e%2e/cli.js',
    '/window/lit-html/../package.json',
    '/window/exchanges/99',
    '/window/secret?client=nobody'
  ]
  for (const path of missing) t.equal(await ask(address('/') + path.slice(1), {}), 404, path)
  t.equal(await ask(address('/window/style.css'), {}, 'DELETE'), 405)
})

t.test('levers by HTTP, for a service in another language', async (t) => {
  const { address, sandbox } = await withService(t)
  const pull = async (body: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(address('/window/levers'), { method: 'POST', headers: json, body: text })
    return { status: response.status, ...((await response.json()) as { message?: string }) }
  }
  t.same(await pull({ lever: 'fault', target: 'citizen', fault: { kind: 'cancel', times: 2 } }), { status: 200 })
  t.same(sandbox.faults.active, [{ target: 'citizen', fault: { kind: 'cancel', times: 2 } }])
  t.same(await pull({ lever: 'fault', target: 'citizen', fault: null }), { status: 200 })
  t.same(sandbox.faults.active, [])
  const before = await (await fetch(`${sandbox.issuer}/jwks`)).text()
  t.same(await pull({ lever: 'keys' }), { status: 200 })
  t.not(await (await fetch(`${sandbox.issuer}/jwks`)).text(), before)
  t.same(await pull({ lever: 'citizen', citizen: 'test' }), { status: 200 })
  t.same(await pull({ lever: 'answer', api: 'dss/quotient-familial', citizen: 'test', answer: 404 }), { status: 200 })
  t.same(await pull({ lever: 'clock', seconds: 61 }), { status: 200 })
  t.same(await pull({ lever: 'forget' }), { status: 200 })
  for (const wrong of [
    '{',
    'null',
    {},
    { lever: 'clock' },
    { lever: 'clock', seconds: '1' },
    { lever: 'citizen', citizen: 'nobody' },
    { lever: 'fault', target: 'nobody', fault: 'down' },
    { lever: 'fault', target: 'dgfip', fault: { kind: 'slow', delay: 'x' } },
    { lever: 'answer', api: 'dss/nothing', citizen: 'test', answer: 404 },
    { lever: 'answer', api: 'dss/quotient-familial', citizen: 'test', answer: 'text' }
  ]) {
    const { status, message } = await pull(wrong)
    t.equal(status, 400, JSON.stringify(wrong))
    t.type(message, 'string')
  }
})
