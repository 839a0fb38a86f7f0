import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** What passed on one connection, once it is over. */
export interface Captured {
  requestBody: string
  /** 0 when the connection was cut, or left by the caller, before an answer. */
  status: number
  responseHeaders: OutgoingHttpHeaders
  responseBody: string
  /** Whether a body was longer than what is kept of it. */
  truncated: boolean
}

/** Bytes kept of each body. */
const most = 32_768

function keeper() {
  const chunks: Buffer[] = []
  let length = 0
  return {
    add(chunk: unknown, encoding: unknown) {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return
      const bytes = Buffer.from(chunk as string, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
      if (length < most) chunks.push(bytes.subarray(0, most - length))
      length += bytes.length
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
    truncated: () => length > most
  }
}

/** Calls a method of an object as before, after having looked at its arguments. */
function watch<Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  look: (...given: unknown[]) => void
): void {
  const method = target[name] as (...given: unknown[]) => unknown
  Object.defineProperty(target, name, {
    configurable: true,
    writable: true,
    value: (...given: unknown[]) => {
      look(...given)
      return Reflect.apply(method, target, given)
    }
  })
}

/** Looks at a request and its answer as they pass, and changes neither. */
export function capture(request: IncomingMessage, response: ServerResponse, done: (captured: Captured) => void): void {
  const asked = keeper()
  const answered = keeper()
  let headers: OutgoingHttpHeaders = {}
  watch(request, 'push', (chunk, encoding) => asked.add(chunk, encoding))
  watch(response, 'write', (chunk, encoding) => answered.add(chunk, encoding))
  watch(response, 'end', (chunk, encoding) => answered.add(chunk, encoding))
  watch(response, 'writeHead', (_status, ...more) => {
    const given = more.at(-1)
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) headers = given as OutgoingHttpHeaders
  })
  response.once('close', () =>
    done({
      requestBody: asked.text(),
      status: response.headersSent ? response.statusCode : 0,
      responseHeaders: { ...response.getHeaders(), ...headers },
      responseBody: answered.text(),
      truncated: asked.truncated() || answered.truncated()
    })
  )
}
