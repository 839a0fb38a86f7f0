import fc from 'fast-check'
import t from 'tap'
import { nasty, searching, wellFormed } from './runs.ts'
import { baseUrl, CookieJar, passBy, redirected, startService } from './service.ts'

const part = fc.constantFrom(
  ...['/', '//', '\\', '.', '..', '@', ':', '?', '#', '%2f', '%5c', '%2e', '%09', '%00', '%', ';', '\t', '\n', '\r'],
  ...['http:', 'https:', 'javascript:', 'data:', 'evil.example', 'localhost:3000', '127.1', '[::1]', '/dossier'],
  ...['／', '。', '〱', 'é', '\u00a0', '\u200b', 'franceconnect', 'login', 'LOGOUT', 'callback']
)
const target = fc.oneof(
  fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
  fc.array(part, { maxLength: 7 }).map((parts) => `/${parts.join('')}`),
  nasty
)

const ownRoute = /^\/+franceconnect\/+(login|callback|logout|logout\/+callback|jwks)\/*$/i
const shrunk = [
  '/.//evil.example',
  '/\\evil.example',
  '/%2e%2e//evil.example',
  '/;/franceconnect/logout',
  '/\ud800',
  '/#%'
]

t.test('wherever a login or a logout ends, it ends on this origin and not on a route of the plugin', async (t) => {
  const service = await startService(t)
  const check = async (returnTo: string) => {
    const query = `?returnTo=${encodeURIComponent(wellFormed(returnTo))}`
    const jar = new CookieJar()
    const ended = await service.login(jar, query)
    if (!redirected(ended)) throw new Error(`login with ${JSON.stringify(returnTo)}: ${ended.status}`)
    const landing = new URL(ended.location ?? '', `${baseUrl}/franceconnect/callback`)
    if (landing.origin !== baseUrl) throw new Error(`login leads to ${landing.href}`)
    if (ownRoute.test(decodeURIComponent(landing.pathname))) throw new Error(`loop to ${landing.href}`)

    const out = await service.open(`/franceconnect/logout${query}`, jar)
    if (!out.location?.startsWith(`${service.provider.issuer}/session/end?`)) throw new Error(`logout: ${out.status}`)
    const last = await service.open((await passBy(out.location)).slice(baseUrl.length), jar)
    if (new URL(last.location ?? '', baseUrl).origin !== baseUrl) throw new Error(`logout leads to ${last.location}`)
  }
  for (const returnTo of shrunk) await t.resolves(check(returnTo), returnTo)
  await t.resolves(fc.assert(fc.asyncProperty(target, check), searching(75)))
})
