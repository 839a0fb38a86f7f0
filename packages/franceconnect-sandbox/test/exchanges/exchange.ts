import { type PlatformName, recording } from '../recorded.ts'

/** What was noted of one answer: times at 0, what differs each time in angle brackets. */
export interface Answer {
  status: string
  headers: Record<string, string>
  /** Names and attributes, sorted. */
  cookies: string[]
  body: unknown
}

/** One request that FranceConnect's own server was sent, and its answer. */
export interface Exchange {
  category: string
  name: string
  /** What was done before, and the request as sent. */
  how: string
  real: Answer
}

/** A request of an exchange, its placeholders still in it. */
export interface Sent {
  /** What was done before it, in the words of the recording; empty for nothing. */
  before: string
  method: string
  path: string
  headers: Record<string, string>
  /** Names of the cookies sent, with a value where one was made up. */
  cookies: string[]
  body: string | undefined
}

export const exchanges = (platform: PlatformName): Exchange[] => recording<Exchange[]>(platform, 'exchanges')

const shape = /^(?:(.*?): )?(GET|POST|PUT|HEAD|OPTIONS|DELETE|PATCH) (\S+)(?: \[(.*?)\](?= |$))?(?: (.*))?$/s

/** `x{43}` stands for 43 times x; an escape sequence counts as one. */
export const unrolled = (text: string): string =>
  text.replace(/(%[0-9A-F]{2}%[0-9A-F]{2}|%[0-9A-F]{2}|[^<>{}])\{(\d+)\}/g, (_all, part: string, times: string) =>
    part.repeat(Number(times))
  )

/** Reads the request of an exchange. */
export function sentOf({ how }: Exchange): Sent {
  const [, before = '', method = '', path = '', inBrackets, body] = shape.exec(how) ?? []
  const sent: Sent = { before, method, path: unrolled(path), headers: {}, cookies: [], body: body && unrolled(body) }
  for (const line of inBrackets?.split(/; (?=[a-z-]+: )/) ?? []) {
    const at = line.indexOf(': ')
    const [name, value] = [line.slice(0, at), unrolled(line.slice(at + 2))]
    if (name === 'cookie') sent.cookies = value.includes('=') ? [value] : value.split(' ')
    else sent.headers[name] = value
  }
  return sent
}
