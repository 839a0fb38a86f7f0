import t from 'tap'
import { startHostile } from './server.ts'
import { cantine, startDataService } from './service.ts'

const invalid = { code: 'FST_FC_DATA_INVALID_PARAMS', statusCode: 400 }

t.test('D1: a name that nobody declared sends nothing', async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url)
  for (const name of [
    '__proto__',
    'constructor',
    'toString',
    '../x',
    'http://evil.example',
    '',
    'x'.repeat(10_240),
    ['ville/cantine'],
    {},
    1
  ]) {
    const call = service.inside((request) => request.fcData(name as 'dss/quotient-familial'))
    await t.rejects(call, { code: 'FST_FC_DATA_UNKNOWN_API' }, String(name).slice(0, 20))
  }
  t.same(server.calls, [])
})

t.test('D2: a value stays in its segment of the path, or is refused', async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url, { hold: false })
  const api = cantine(server.url)
  const values = [
    'a/b',
    '%2e%2e%2f',
    '%2F',
    '?x=1',
    '#',
    '\\',
    ';',
    '\0',
    '\u2025',
    'http://evil',
    '//evil',
    '@evil',
    '\r\nHost: evil',
    ' '
  ]
  for (const rue of values) await service.inside((request) => request.fcData(api, { rue }))
  t.equal(server.calls.length, values.length)
  for (const call of server.calls) t.match(call, /^GET \/v1\/[^/?#]+\/cantine$/)
  for (const rue of ['.', '..', '../../admin', '..\\..', 'a/../b', '', '\ud800'])
    await t.rejects(
      service.inside((request) => request.fcData(api, { rue })),
      invalid,
      JSON.stringify(rue)
    )
  t.equal(server.calls.length, values.length)
})

t.test('D3, D4: only declared parameters leave, as values of the query', async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url, { hold: false })
  const api = cantine(server.url)
  await service.inside((request) => request.fcData(api, { rue: 'x', mois: '1&admin=1#\r\nx: y' }))
  t.same(server.calls, ['GET /v1/x/cantine?mois=1%26admin%3D1%23%0D%0Ax%3A%20y'])
  const bad = [
    { admin: 1 },
    { mois: ['1', '2'] },
    { mois: { toString: 'x' } },
    { headers: { host: 'evil' } },
    JSON.parse('{"__proto__":{"a":1}}'),
    JSON.parse('{"__proto__":"a"}')
  ]
  for (const more of bad) {
    const params = Object.defineProperties({ rue: 'x' }, Object.getOwnPropertyDescriptors(more))
    await t.rejects(
      service.inside((request) => request.fcData(api, params)),
      invalid,
      JSON.stringify(more)
    )
  }
  t.equal(server.calls.length, 1)
})

t.test('D5, D18, D20: nothing leaves without a login, a living token and its scope', async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url)
  t.match(await service.open('/cantine', ''), { status: 401, body: { code: 'FST_FC_DATA_LOGIN_REQUIRED' } })
  const late = await startDataService(t, server.url, {}, 1000)
  t.match(await late.open('/cantine'), { status: 401, body: { code: 'FST_FC_DATA_TOKEN_EXPIRED' } })
  const token = { value: 'x', expiresAt: new Date(Date.now() + 60_000), scope: ['openid'], loginId: 'l' }
  const poor = await startDataService(t, server.url, { getAccessToken: () => token })
  t.match(await poor.open('/cantine'), { status: 403, body: { code: 'FST_FC_DATA_SCOPE_MISSING' } })
  t.same(server.calls, [])
})

t.test('D9: parameters that look alike are different calls', async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url)
  const api = cantine(server.url)
  for (const params of [
    { rue: 'a', mois: '1&b=2' },
    { rue: 'a', mois: '1' },
    { mois: '1', rue: 'a' },
    { rue: 'a' },
    { rue: 'a","mois":"1' }
  ])
    await service.inside((request) => request.fcData(api, params))
  t.equal(server.calls.length, 4, 'the order alone changes nothing')
})

t.test('D23: a parameter is in no log and no error', async (t) => {
  const server = await startHostile(t)
  const service = await startDataService(t, server.url)
  server.fault((response) => response.writeHead(500).end())
  const api = cantine(server.url)
  const error = await service
    .inside((request) => request.fcData(api, { rue: 'chez-Angela', mois: '1840775123456' }))
    .catch((reason: unknown) => reason)
  t.notMatch(JSON.stringify(error) + String((error as Error).stack) + service.written(), /chez-Angela|1840775123456/)
})
