import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { answerHeader, type Exchange } from './exchange.ts'
import type { MessageView } from './view.ts'

/** What stands for a secret until it is asked. */
export const mask = '••••••••'

const secretFields = /^(client_secret|client_assertion)$/
const secretHeaders = /^(x-api-key)$/

type Fields = [name: string, value: string][]

function headersOf(headers: IncomingHttpHeaders | OutgoingHttpHeaders, hide: boolean): Fields {
  return Object.entries(headers).flatMap(([name, value]): Fields => {
    if (value === undefined) return []
    const text = [value].flat().map(String).join('\n')
    const isSecret = secretHeaders.test(name) || (name === 'authorization' && /^basic /i.test(text))
    return [[name, isSecret && hide ? mask : text]]
  })
}

const fieldsOf = (entries: Iterable<[string, string]>, hide: boolean): Fields =>
  [...entries].map(([name, value]) => [name, hide && secretFields.test(name) ? mask : value])

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

const hidden = (body: string) => body.replace(/("client_secret"\s*:\s*")[^"]*"/g, `$1${mask}"`)

/** What was asked. */
export function requestOf(exchange: Exchange, hide: boolean): MessageView {
  const { requestHeaders, requestBody, query } = exchange
  const isForm = /x-www-form-urlencoded/.test(requestHeaders['content-type'] ?? '')
  const fields = fieldsOf(query, hide)
  if (isForm) fields.push(...fieldsOf(new URLSearchParams(requestBody), hide))
  const body = isForm ? '' : indented(requestBody)
  return { headers: headersOf(requestHeaders, hide), fields, body: hide ? hidden(body) : body }
}

/** What was answered. The pages of the sandbox itself are named, not shown. */
export function answerOf(exchange: Exchange): MessageView {
  const location = answerHeader(exchange, 'location')
  const fields = location !== undefined && URL.canParse(location) ? [...new URL(location).searchParams] : []
  const isPage = /text\/html/.test(answerHeader(exchange, 'content-type') ?? '')
  const body = isPage ? '' : indented(exchange.responseBody)
  return { headers: headersOf(exchange.responseHeaders, false), fields, body }
}
