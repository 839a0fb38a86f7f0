/** The cookies of one virtual browser: paths and expiry are kept, the rest does not matter on a loopback host. */
export class Jar {
  #cookies = new Map()

  store(lines) {
    for (const line of lines) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim())
      const name = pair.slice(0, pair.indexOf('='))
      let path = '/'
      let dead = false
      for (const attribute of attributes) {
        const [key, value] = attribute.split('=', 2)
        if (/^path$/i.test(key)) path = value
        else if (/^max-age$/i.test(key)) dead = !(Number(value) > 0)
        else if (/^expires$/i.test(key)) dead ||= Date.parse(attribute.slice(8)) <= Date.now()
      }
      if (dead) this.#cookies.delete(name)
      else this.#cookies.set(name, { pair, path })
    }
  }

  /** The raw Cookie line for a path, or nothing. */
  header(path) {
    const sent = []
    for (const cookie of this.#cookies.values()) if (path.startsWith(cookie.path)) sent.push(cookie.pair)
    return sent.length === 0 ? '' : `Cookie: ${sent.join('; ')}\r\n`
  }
}
