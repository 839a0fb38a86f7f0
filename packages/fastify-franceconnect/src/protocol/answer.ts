/** An HTTP answer read whole, in the shape of the Response that openid-client takes, without web streams. */
export class Answer {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly bodyUsed = false
  readonly body = null
  readonly #text: string
  readonly #parsed: unknown

  constructor(status: number, headers: Record<string, string | string[] | undefined>, text: string, parsed?: unknown) {
    this.status = status
    this.headers = {
      get(name) {
        const value = headers[name.toLowerCase()]
        return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
      }
    }
    this.#text = text
    this.#parsed = parsed
  }

  /** The media type alone, in lower case. */
  get type(): string {
    return (this.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  }

  async text(): Promise<string> {
    return this.#text
  }

  async json(): Promise<unknown> {
    return this.#parsed ?? JSON.parse(this.#text)
  }

  clone(): Answer {
    return this
  }

  /** Lets openid-client recognise it: it looks for the tag of a Response on the prototype. */
  get [Symbol.toStringTag](): string {
    return 'Response'
  }
}
