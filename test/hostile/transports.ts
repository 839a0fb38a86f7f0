import { gzipSync } from 'node:zlib'
import type { Answer, Sender } from './fault.ts'

const OFFERED = 64 * 1024 * 1024

/** The honest way. */
export const plainly: Sender = (response, answer, sent) => {
  response.writeHead(answer.status, answer.headers).end(answer.body)
  sent(Buffer.byteLength(answer.body))
}

export const hang: Sender = () => {}

export const reset: Sender = (response) => {
  response.socket?.resetAndDestroy()
}

/** Headers that come one byte at a time, for ever. */
export const slowHeaders: Sender = (response, _answer, sent) => {
  const socket = response.socket
  socket?.write('HTTP/1.1 200 OK\r\nX-Slow: ')
  const timer = setInterval(() => {
    socket?.write('a')
    sent(1)
  }, 50)
  socket?.on('close', () => clearInterval(timer))
}

/** A body that comes one byte at a time, for ever: each byte restarts a time-out of inactivity. */
export const slowDrip: Sender = (response, answer, sent) => {
  response.writeHead(answer.status, answer.headers)
  response.write('{')
  const timer = setInterval(() => {
    response.write(' ')
    sent(1)
  }, 50)
  response.on('close', () => clearInterval(timer))
}

/** 64 MB of one JSON member, at the pace of the reader. */
export const huge: Sender = (response, answer, sent) => {
  const { 'content-length': _length, ...headers } = answer.headers
  response.writeHead(answer.status, headers)
  response.write('{"padding":"')
  const chunk = Buffer.alloc(64 * 1024, 'a')
  let left = OFFERED
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length
      sent(chunk.length)
      if (!response.write(chunk)) {
        response.once('drain', more)
        return
      }
    }
    if (!response.destroyed) response.end('"}')
  }
  more()
}

/** Announces 10 GB and sends a little. */
export const hugeContentLength: Sender = (response, answer) => {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': '10737418240' })
  response.write('{')
}

let packed: Buffer | undefined

/** 64 MB in 64 KB, packed once. */
export function bomb(): Buffer {
  packed ??= gzipSync(Buffer.concat([Buffer.from('{"padding":"'), Buffer.alloc(OFFERED, 'a'), Buffer.from('"}')]))
  return packed
}

export const gzipBomb: Sender = (response, answer, sent) => {
  response.writeHead(answer.status, { ...answer.headers, 'content-encoding': 'gzip' }).end(bomb())
  sent(bomb().length)
}

/** Headers of one megabyte. */
export const headerFlood: Sender = (response) => {
  const lines = Array.from({ length: 1000 }, (_, i) => `X-Flot-${i}: ${'a'.repeat(1000)}\r\n`)
  response.socket?.end(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n{}`)
}

/** A chunk whose length is not a number. */
export const badChunk: Sender = (response) => {
  response.socket?.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n')
}

/** Two lengths for one body. */
export const twoLengths: Sender = (response) => {
  response.socket?.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}')
}

/** The connection ends in the middle of the body. */
export const truncated: Sender = (response, answer) => {
  const body = Buffer.from(answer.body)
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) })
  response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy())
}

/** Turns an answer into a redirect to an address that must not be followed. */
export function redirectTo(answer: Answer, location: string, status = 302): void {
  answer.status = status
  answer.headers = { location }
  answer.body = ''
}
