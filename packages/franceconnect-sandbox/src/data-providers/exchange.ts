import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

/** A request as a data provider sees it: `path` starts after the base URL of that provider. */
export interface Call {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
  /** IP address of the caller: one of API Particulier's throttles counts by it. */
  address: string
}

/** What a data provider answers. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** A JSON answer of a media type of its own. */
export function json(status: number, value: unknown, contentType = 'application/json; charset=utf-8'): Answer {
  return { status, headers: { 'content-type': contentType }, body: JSON.stringify(value) }
}

/** The one value of a header; Node joins most repeated ones, so an array says the caller sent something odd. */
export function headerOf(call: Call, name: string): string | undefined {
  const value = call.headers[name]
  return Array.isArray(value) ? undefined : value
}

const mostBytes = 65_536

/** Reads the body of a request, at most 64 KB: none of these services takes more than a small form. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request) {
      length += chunk.length
      if (length <= mostBytes) chunks.push(chunk)
    }
  } catch {
    // The caller left: what was read goes nowhere.
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Writes an answer out. */
export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
  response.end(answer.body)
}
