import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Asked {
  status: number | undefined
  headers: IncomingHttpHeaders
  body: string
}

/** One request over HTTP, its headers as given: `fetch` writes its own Fetch Metadata. */
export async function ask(url: string, headers: Record<string, string>, form?: URLSearchParams): Promise<Asked> {
  const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
  const asked = request(url, { method: form === undefined ? 'GET' : 'POST', headers: { ...headers, ...type } })
  asked.end(form?.toString())
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) }
}
