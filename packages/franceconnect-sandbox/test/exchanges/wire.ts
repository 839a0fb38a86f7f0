import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'

/** What came back, undecoded. */
export interface Received {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Sends a request as written: no address is normalised, no header is added but `host` and the length. */
export function send(
  origin: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string
): Promise<Received> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const sent = httpRequest({ hostname, port, method, path, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8')
        })
      )
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The cookies of one browser, by name. */
export class Jar {
  readonly #values = new Map<string, string>()

  take({ headers }: Received): void {
    for (const header of headers['set-cookie'] ?? []) {
      const [pair = ''] = header.split(';')
      const at = pair.indexOf('=')
      const cleared = pair.length === at + 1 || /expires=thu, 01 jan 1970/i.test(header)
      if (cleared) this.#values.delete(pair.slice(0, at))
      else this.#values.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }

  /** The `Cookie` header with all cookies, or those of these names. */
  header(names: string[] = [...this.#values.keys()]): string {
    return names
      .filter((name) => this.#values.has(name))
      .map((name) => `${name}=${this.#values.get(name)}`)
      .join('; ')
  }
}

/** The action and the fields of a page's form. */
export function formOf(text: string): { action: string; fields: Record<string, string> } {
  const action = /<form[^>]*action="([^"]*)"/.exec(text)?.[1] ?? ''
  const fields = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  return { action, fields: Object.fromEntries(fields.map(([, name, value]) => [name!, value!])) }
}
