import { isDeepStrictEqual } from 'node:util'
import type { PlatformName } from '../recorded.ts'
import type { Answer, Exchange } from './exchange.ts'

/** A difference with FranceConnect's own server that is meant, as the README says it. */
interface OnPurpose {
  difference: string
  reason: string
  /** What the recording would be with that difference; left out where a recording does not show it. */
  expected?(real: Answer, prefix: string): Answer
}

const cookies = (real: Answer, change: (cookie: string) => string): Answer => ({
  ...real,
  cookies: real.cookies.map(change)
})

/** Every difference on purpose. What is not here makes a test fail. */
export const onPurpose: OnPurpose[] = [
  {
    difference:
      'FranceConnect+ is at `/plus/api/v2` of the same host, and each cookie has the path of its platform, not `/`',
    reason:
      'one host serves both platforms, and a browser sends the cookies of `localhost` to every port: with `/` they would overwrite those of your service',
    expected: (real, prefix) => cookies(real, (cookie) => cookie.replace(/path=\/(api\/v2(?=\/))?/, `path=${prefix}`))
  },
  {
    difference: 'no `Strict-Transport-Security`, cookies without `Secure`, `http` addresses',
    reason: 'the sandbox listens in plain http on your machine'
  },
  {
    difference:
      'pages have texts, a look and a content security policy of their own; they tell the developer what was wrong',
    reason: 'FranceConnect’s texts are its own, and nobody must take this for FranceConnect'
  },
  {
    difference: 'identity providers are pages of the sandbox, under `/fournisseur-identite`',
    reason: 'it works offline; no real site is simulated under its address'
  },
  {
    difference: '`/` of the host is a page of the sandbox',
    reason: 'it is what a developer opens first'
  },
  {
    difference: 'the RS256 key has 2048 bits, not 4096',
    reason: 'it is made when the sandbox starts'
  },
  {
    difference: 'a service with redirect addresses on several hosts needs no `sector_identifier_uri`',
    reason: 'FranceConnect would fetch it from the internet'
  }
]

const told = (value: unknown): string => JSON.stringify(value)?.slice(0, 300) ?? 'nothing'

/** In what an answer differs from the recording, what is on purpose left aside. */
export function differences(platform: PlatformName, { real }: Exchange, answer: Answer): string[] {
  const prefix = platform === 'franceconnect' ? '/api/v2' : '/plus/api/v2'
  const expected = onPurpose.reduce((known, { expected }) => expected?.(known, prefix) ?? known, real)
  const found: string[] = []
  if (expected.status !== answer.status) found.push(`status ${answer.status} for ${expected.status}`)
  for (const name of new Set([...Object.keys(expected.headers), ...Object.keys(answer.headers)])) {
    const [given, wanted] = [answer.headers[name], expected.headers[name]]
    if (given !== wanted) found.push(`${name} ${told(given)} for ${told(wanted)}`)
  }
  const missing = expected.cookies.filter((cookie) => !answer.cookies.includes(cookie))
  const unexpected = answer.cookies.filter((cookie) => !expected.cookies.includes(cookie))
  if (missing.length > 0) found.push(`without the cookies ${told(missing)}`)
  if (unexpected.length > 0) found.push(`with the cookies ${told(unexpected)}`)
  if (!isDeepStrictEqual(expected.body, answer.body)) found.push(`body ${told(answer.body)} for ${told(expected.body)}`)
  return found
}
