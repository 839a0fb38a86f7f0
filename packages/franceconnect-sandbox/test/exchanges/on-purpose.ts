import { isDeepStrictEqual } from 'node:util'
import type { PlatformName } from '../recorded.ts'
import type { Answer, Exchange } from './exchange.ts'

/** What of an answer differs from the recording, purpose aside. */
export function differences(platform: PlatformName, { real }: Exchange, answer: Answer): string[] {
  const prefix = platform === 'franceconnect' ? '/api/v2' : '/plus/api/v2'
  const expected = {
    ...real,
    cookies: real.cookies.map((cookie) => cookie.replace(/path=\/(?=;|$)/, `path=${prefix}`).replace('path=/api/v2/', `path=${prefix}/`))
  }
  const found: string[] = []
  const told = (value: unknown) => JSON.stringify(value)
  if (expected.status !== answer.status) found.push(`status ${answer.status} for ${expected.status}`)
  for (const name of new Set([...Object.keys(expected.headers), ...Object.keys(answer.headers)])) {
    if (expected.headers[name] !== answer.headers[name]) found.push(`${name} ${told(answer.headers[name])} for ${told(expected.headers[name])}`)
  }
  if (!isDeepStrictEqual(expected.cookies, answer.cookies)) {
    const less = expected.cookies.filter((cookie) => !answer.cookies.includes(cookie))
    const more = answer.cookies.filter((cookie) => !expected.cookies.includes(cookie))
    found.push(`cookies missing ${told(less)} unexpected ${told(more)}`)
  }
  if (!isDeepStrictEqual(expected.body, answer.body)) found.push(`body ${told(answer.body)?.slice(0, 300)} for ${told(expected.body)?.slice(0, 300)}`)
  return found
}
