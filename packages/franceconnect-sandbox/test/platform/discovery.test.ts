import t from 'tap'
import { type PlatformName, recording } from '../recorded.ts'
import { recordedSandbox } from '../relying-party.ts'

const recordedIssuer = /https:\/\/core-fcp-(low|high)\.docker\.dev-franceconnect\.fr\/api\/v2/g

for (const platform of ['franceconnect', 'franceconnect-plus'] satisfies PlatformName[]) {
  t.test(`discovery and keys of ${platform}`, async (t) => {
    const sandbox = await recordedSandbox(t)
    const issuer = platform === 'franceconnect' ? sandbox.issuer : sandbox.plusIssuer
    const expected = JSON.stringify(recording(platform, 'discovery')).replace(recordedIssuer, issuer)
    const response = await fetch(`${issuer}/.well-known/openid-configuration`)
    t.same(await response.json(), JSON.parse(expected), 'member by member')

    const headers = recording<Record<string, string>>('franceconnect', 'discovery-headers')
    const ofTransport = ['connection', 'content-length', 'date', 'server', 'strict-transport-security']
    for (const [name, value] of Object.entries(headers)) {
      if (ofTransport.includes(name) || name === 'content-security-policy') continue
      t.equal(response.headers.get(name), value, name)
    }
    t.match(response.headers.get('content-security-policy'), /frame-ancestors 'self'/)

    const keys = await fetch(`${issuer}/jwks`)
    t.match(keys.headers.get('content-type'), /^application\/jwk-set\+json/)
    t.equal(keys.headers.get('cache-control'), 'public, max-age=600')
    t.equal(keys.headers.get('access-control-allow-origin'), '*')
    const labels = ({ keys }: { keys: Record<string, string>[] }) =>
      keys.map(({ kty, use, kid, alg, ...rest }) => ({ kty, use, kid, alg, members: Object.keys(rest).sort() }))
    t.same(
      labels((await keys.json()) as never),
      labels(recording(platform, 'jwks')),
      'public members only, same labels'
    )
  })
}

t.test('nothing but discovery and keys may be read from another origin', async (t) => {
  const sandbox = await recordedSandbox(t)
  const headers = { origin: 'https://elsewhere.example' }
  for (const [path, method] of [
    ['/userinfo', 'GET'],
    ['/session/end', 'GET'],
    ['/authorize', 'GET'],
    ['/checktoken', 'POST']
  ] as const) {
    const response = await fetch(sandbox.issuer + path, { method, headers, redirect: 'manual' })
    t.equal(response.headers.get('access-control-allow-credentials'), null, path)
    t.equal(response.headers.get('x-frame-options'), 'SAMEORIGIN', path)
  }
})
