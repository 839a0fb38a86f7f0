import { connect } from 'node:net'

/** One keep-alive HTTP/1.1 connection with one request at a time, cheap enough not to be what is measured. */
export class Connection {
  #port
  #socket = null
  #pending = null
  #received = ''

  constructor(port) {
    this.#port = port
  }

  /** Resolves to `{ status, location, cookies, body }`. `headers` are raw lines, each closed by CR LF. */
  async get(path, headers = '') {
    const reused = this.#socket !== null && !this.#socket.destroyed
    try {
      return await this.#exchange(path, headers)
    } catch (error) {
      // a server closes a connection that was idle for long: the request then went nowhere
      if (!reused) throw error
      return this.#exchange(path, headers)
    }
  }

  async #exchange(path, headers) {
    if (!this.#socket || this.#socket.destroyed) await this.#open()
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject }
      this.#socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\n${headers}\r\n`, 'latin1')
    })
  }

  close() {
    const socket = this.#socket
    this.#socket = null
    socket?.destroy()
  }

  #open() {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
      this.#socket = socket
      socket.setEncoding('latin1')
      socket.once('connect', resolve)
      const lost = (error) => {
        reject(error)
        if (this.#socket !== socket) return
        this.#socket = null
        this.#fail(error)
      }
      socket.on('error', lost)
      socket.on('close', () => lost(new Error('closed before the answer')))
      socket.on('data', (chunk) => {
        this.#received = this.#received ? this.#received + chunk : chunk
        this.#read()
      })
    })
  }

  #fail(error) {
    const pending = this.#pending
    this.#pending = null
    this.#received = ''
    pending?.reject(error)
  }

  #read() {
    const received = this.#received
    const endOfHead = received.indexOf('\r\n\r\n')
    if (endOfHead < 0) return
    const head = received.slice(0, endOfHead)
    const lower = head.toLowerCase()
    const found = bodyOf(received, endOfHead + 4, lower)
    if (!found) return
    if (found.end !== received.length) return this.#fail(new Error('bytes after the answer'))
    this.#received = ''
    if (lower.includes('\r\nconnection: close')) {
      this.#socket.end()
      this.#socket = null
    }
    const pending = this.#pending
    this.#pending = null
    pending?.resolve({
      status: Number(head.slice(9, 12)),
      location: values(head, lower, 'location')[0],
      cookies: values(head, lower, 'set-cookie'),
      body: found.body
    })
  }
}

function values(head, lower, name) {
  const found = []
  const mark = `\r\n${name}:`
  for (let at = lower.indexOf(mark); at >= 0; at = lower.indexOf(mark, at + 2)) {
    const end = head.indexOf('\r\n', at + 2)
    found.push(head.slice(at + mark.length, end < 0 ? undefined : end).trim())
  }
  return found
}

function bodyOf(received, start, lower) {
  const at = lower.indexOf('\r\ncontent-length:')
  if (at >= 0) {
    const end = start + Number.parseInt(lower.slice(at + 17), 10)
    return received.length < end ? undefined : { body: received.slice(start, end), end }
  }
  if (!lower.includes('\r\ntransfer-encoding: chunked')) return { body: '', end: start }
  let body = ''
  for (let from = start; ; ) {
    const line = received.indexOf('\r\n', from)
    if (line < 0) return undefined
    const size = Number.parseInt(received.slice(from, line), 16)
    if (received.length < line + 2 + size + 2) return undefined
    if (size === 0) return { body, end: line + 4 }
    body += received.slice(line + 2, line + 2 + size)
    from = line + 2 + size + 2
  }
}
