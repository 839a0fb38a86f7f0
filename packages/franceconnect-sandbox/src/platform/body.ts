import type { IncomingMessage } from 'node:http'
import { PageError } from '../page-error.ts'
import type { Platform } from './platform.ts'

/** Bytes and parameters of a body, beyond which FranceConnect breaks before anything is looked at. */
const byteLimit = 100 * 1024
const parameterLimit = 1000

/** The body of a request, read once. */
export interface Body {
  bytes: Buffer
  /** Its fields; undefined for a content type that the platform does not read, or without a body. */
  fields: URLSearchParams | undefined
  /** The JSON of a platform that reads JSON. */
  json: unknown
}

const bodies = new WeakMap<IncomingMessage, Body>()

/** What `readBody` read of this request. */
export const bodyOf = (request: IncomingMessage): Body =>
  bodies.get(request) ?? { bytes: Buffer.alloc(0), fields: undefined, json: undefined }

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length <= byteLimit) chunks.push(chunk)
  }
  if (length > byteLimit) throw new PageError('Y000000').early()
  return Buffer.concat(chunks)
}

function fieldsOf(text: string): URLSearchParams {
  if (text.split('&').length > parameterLimit) throw new PageError('Y000000').early()
  return new URLSearchParams(text)
}

/** The form as the engine gets it where nested parameters are read: a list of one is that one. */
function flattened(fields: URLSearchParams): Buffer {
  const flat = [...fields].map(([name, value]): [string, string] => [name.replace(/\[\d*\]$/, ''), value])
  return Buffer.from(new URLSearchParams(flat).toString())
}

function parsed(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null) return json
  } catch {
    // Refused below, as what is neither an object nor an array is.
  }
  throw new PageError('Y000400', 'le corps de la requête n’est pas du JSON')
}

/**
 * Reads the body of a request before it is routed, as FranceConnect's server does: at most 100 kB and 1000 parameters;
 * nested parameters and JSON where the platform reads them.
 *
 * @throws PageError
 */
export async function readBody(platform: Platform, request: IncomingMessage): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const bytes = await bytesOf(request)
  const type = (request.headers['content-type'] ?? '').toLowerCase()
  const form = bytes.length > 0 && /^application\/x-www-form-urlencoded\s*(;|$)/.test(type)
  const json = bytes.length > 0 && platform.readsJson && /^application\/json\s*(;|$)/.test(type)
  const text = bytes.toString('utf8')
  const fields = form ? fieldsOf(text) : undefined
  const nested = fields && platform.readsJson && /\[|%5B/i.test(text) ? flattened(fields) : undefined
  if (nested) request.headers['content-length'] = String(nested.length)
  bodies.set(request, {
    bytes: nested ?? bytes,
    fields,
    json: json ? parsed(text) : undefined
  })
}

/** The fields of a form, or of the same in JSON; a member that is no text is empty. */
export function formOf(request: IncomingMessage): URLSearchParams | undefined {
  const { fields, json } = bodyOf(request)
  if (json === undefined || json === null) return fields
  return new URLSearchParams(
    Object.entries(json).map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : ''])
  )
}
