import { gzipSync } from 'node:zlib'
import { type Fault, GOOD, honest } from './server.ts'
import { TOKEN } from './service.ts'

/** What the application's page must answer: a status, and for an error its code. */
export interface Expected {
  status: number
  code?: string
  /** HTTP calls that may leave. */
  calls?: number
  /** True when it pauses everybody. */
  pauses?: boolean
}

const json = { 'content-type': 'application/json' }
const good: Expected = { status: 200, calls: 1 }
const invalid: Expected = { status: 502, code: 'FST_FC_DATA_INVALID_RESPONSE', calls: 1 }
const late: Expected = { status: 504, code: 'FST_FC_DATA_TIMEOUT', calls: 1 }
const provider: Expected = { status: 502, code: 'FST_FC_DATA_PROVIDER_ERROR', calls: 1 }
const limited: Expected = { status: 503, code: 'FST_FC_DATA_RATE_LIMITED', calls: 1 }
const unavailable: Expected = { status: 503, code: 'FST_FC_DATA_UNAVAILABLE' }

function answer(status: number, body: string | Buffer, headers: Record<string, string> = json): Fault {
  return (response) => response.writeHead(status, headers).end(body)
}

function once(first: Fault): () => Fault {
  return () => {
    let count = 0
    return (response, request) => (count++ === 0 ? first : honest)(response, request)
  }
}

function raw(text: string, end = false): Fault {
  return ({ socket }) => {
    socket?.write(text, 'latin1')
    if (end) socket?.end()
  }
}

function drip(start: Fault, chunk: string): Fault {
  return (response, request) => {
    start(response, request)
    const timer = setInterval(() => response.socket?.write(chunk), 20)
    response.socket?.on('close', () => clearInterval(timer))
  }
}

const endless: Fault = (response) => {
  response.writeHead(200, json)
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}

const layers = gzipSync(gzipSync(GOOD))
const smuggled = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${GOOD.length}\r\n\r\n${GOOD}HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 16\r\n\r\n{"sub":"victim"}`

/** D11 to D17: what an API may answer, and what the page must do of it. `evil` is a host that nobody may contact. */
export function faults(evil: string): Record<string, [fault: () => Fault, expected: Expected]> {
  const always = (fault: Fault) => () => fault
  return {
    'data-401': [always(answer(401, '{}')), { status: 502, code: 'FST_FC_DATA_TOKEN_REFUSED', calls: 1 }],
    'data-403': [always(answer(403, '{}')), { status: 403, code: 'FST_FC_DATA_FORBIDDEN', calls: 1 }],
    'data-404': [always(answer(404, '{}')), provider],
    'data-422': [always(answer(422, '{}')), provider],
    'data-500': [always(answer(500, '{}')), provider],
    'data-502': [always(answer(502, '{}')), { ...provider, calls: 2 }],
    'data-503': [always(answer(503, '{}')), { ...unavailable, calls: 1 }],
    'data-problem-json': [
      always(answer(400, `{"detail":"${TOKEN}"}`, { 'content-type': 'application/problem+json' })),
      provider
    ],
    'data-429-once': [once(answer(429, '{}', { 'retry-after': '0' })), { ...good, calls: 2 }],
    'data-429-date': [once(answer(429, '{}', { 'retry-after': new Date(0).toUTCString() })), { ...good, calls: 2 }],
    'data-429-long': [always(answer(429, '{}', { 'retry-after': '86400' })), { ...limited, pauses: true }],
    'data-429-garbage': [always(answer(429, '{}', { 'retry-after': 'NaN' })), limited],
    'data-502-once': [once(answer(502, '{}')), { ...good, calls: 2 }],
    'data-reset-once': [once((response) => void response.socket?.resetAndDestroy()), { ...good, calls: 2 }],
    'data-reset': [always((response) => void response.socket?.resetAndDestroy()), { ...unavailable, calls: 2 }],
    'data-hang': [always(() => undefined), late],
    'data-slow-headers': [always(drip(raw('HTTP/1.1 200 OK\r\nx-slow: '), 'a')), late],
    'data-slow-drip': [
      always(drip((response) => response.writeHead(200, { ...json, 'content-length': '100000' }).flushHeaders(), ' ')),
      late
    ],
    'data-huge': [always(endless), invalid],
    'data-huge-content-length': [
      always((response) => response.writeHead(200, { ...json, 'content-length': '10737418240' }).write('{')),
      invalid
    ],
    'data-gzip-bomb': [
      always(answer(200, gzipSync(Buffer.alloc(8 * 1024 * 1024, 32)), { ...json, 'content-encoding': 'gzip' })),
      invalid
    ],
    'data-gzip-layers': [always(answer(200, layers, { ...json, 'content-encoding': 'gzip, gzip' })), invalid],
    'data-gzip-truncated': [
      always(answer(200, gzipSync(GOOD).subarray(0, -6), { ...json, 'content-encoding': 'gzip' })),
      invalid
    ],
    'data-truncated': [always(raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"total":', true)), { status: 503 }],
    'data-bad-chunk': [
      always(raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n')),
      invalid
    ],
    'data-conflicting-content-length': [
      always(raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 20\r\n\r\n{}')),
      invalid
    ],
    'data-smuggled-response': [always(raw(smuggled)), good],
    'data-header-flood': [always(raw(`HTTP/1.1 200 OK\r\n${'x-flood: a\r\n'.repeat(20_000)}\r\n{}`)), invalid],
    'data-html': [always(answer(200, '<html>', { 'content-type': 'text/html' })), invalid],
    'data-wrong-content-type': [always(answer(200, GOOD, { 'content-type': 'text/html' })), invalid],
    'data-invalid-json': [always(answer(200, '{"total":464')), invalid],
    'data-empty': [always(answer(200, '')), invalid],
    'data-204': [always((response) => response.writeHead(204).end()), invalid],
    'data-scalar-json': [always(answer(200, '464')), invalid],
    'data-invalid-utf8': [always(answer(200, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))), invalid],
    'data-deep-json': [always(answer(200, `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)), invalid],
    'data-proto-json': [
      always(answer(200, '{"total":464,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')),
      good
    ],
    'data-redirect-evil': [always(answer(302, '', { location: evil })), invalid],
    'data-redirect-307': [always(answer(307, '', { location: evil })), invalid],
    'data-redirect-loop': [always(answer(301, '', { location: '/v1/x/cantine' })), invalid],
    'data-redirect-metadata': [
      always(answer(302, '', { location: 'http://169.254.169.254/latest/meta-data' })),
      invalid
    ],
    'data-redirect-same-origin': [always(answer(308, '', { location: '/elsewhere' })), invalid],
    'data-echo-authorization': [
      always((response, request) => response.writeHead(500, json).end(JSON.stringify(request.headers))),
      provider
    ],
    'data-error-html-xss': [
      always(answer(500, `<script>${TOKEN}</script>`, { 'content-type': 'text/html' })),
      provider
    ],
    'data-reason-injection': [
      always(raw(`HTTP/1.1 500 ${TOKEN}\u001b[31m\r\ncontent-length: 0\r\n\r\n`, true)),
      provider
    ],
    'data-set-cookie': [always(answer(200, GOOD, { ...json, 'set-cookie': 'session=evil' })), good],
    'data-duplicate-headers': [
      always(
        raw(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-a: 1\r\nx-a: 2\r\ncontent-length: ${GOOD.length}\r\n\r\n${GOOD}`,
          true
        )
      ),
      good
    ]
  }
}
