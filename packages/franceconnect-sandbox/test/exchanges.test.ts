import { readFileSync } from 'node:fs'
import t from 'tap'
import { startSandbox } from '../src/index.ts'
import { exchanges } from './exchanges/exchange.ts'
import { differences, onPurpose } from './exchanges/on-purpose.ts'
import { dataProvider, replay } from './exchanges/replay.ts'
import { publicKeyOfProvider, services } from './exchanges/services.ts'

const provider = {
  uid: 'recorded',
  title: 'Fournisseur enregistré',
  ...dataProvider,
  scopes: [],
  jwks: { keys: [publicKeyOfProvider] },
  checktokenSignedResponseAlg: 'ES256' as const,
  checktokenEncryptedResponseAlg: 'ECDH-ES' as const
}

for (const platform of ['franceconnect', 'franceconnect-plus'] as const) {
  t.test(`the recorded exchanges of ${platform}`, async (t) => {
    const sandbox = await startSandbox({ port: 0, clients: services(platform), dataProviders: [provider] })
    t.teardown(() => sandbox.close())
    const all = exchanges(platform)
    let alike = 0
    for (const exchange of all) {
      const found = differences(platform, exchange, await replay(sandbox, platform, exchange))
      if (found.length === 0) alike += 1
      else t.fail(`${exchange.category}, ${exchange.name}: ${found.join('; ')}`, { how: exchange.how })
    }
    t.comment(`${platform}: ${alike} of ${all.length} exchanges alike`)
    t.equal(alike, all.length, `${alike} of ${all.length} exchanges alike`)
  })
}

t.test('the comparison sees each part of an answer', async (t) => {
  const [exchange] = exchanges('franceconnect')
  const { real } = exchange!
  const cookies = real.cookies.map((cookie) => cookie.replace(/path=\/(?=;|$)/, 'path=/api/v2'))
  const same = { ...real, cookies }
  const wrong = [
    { status: '302' },
    { headers: { ...real.headers, 'cache-control': 'no-cache' } },
    { headers: { ...real.headers, vary: 'Accept' } },
    { cookies: cookies.slice(1) },
    { cookies: [...cookies, 'more path=/api/v2'] },
    { body: {} }
  ]
  t.same(differences('franceconnect', exchange!, same), [])
  for (const change of wrong) t.equal(differences('franceconnect', exchange!, { ...same, ...change }).length, 1)
})

t.test('the README says each difference on purpose', async (t) => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const [, table = ''] = /\| Difference \| Reason \|\n\|---\|---\|\n((?:\|.*\|\n)+)/.exec(readme) ?? []
  t.same(
    table.trim().split('\n'),
    onPurpose.map(({ difference, reason }) => `| ${difference} | ${reason} |`)
  )
})

t.test('nothing asks for https', async (t) => {
  const sandbox = await startSandbox({ port: 0 })
  t.teardown(() => sandbox.close())
  const { headers } = await fetch(`${sandbox.issuer}/authorize`)
  t.equal(headers.get('strict-transport-security'), null)
  t.notMatch(headers.getSetCookie().join(), /secure/i)
})
