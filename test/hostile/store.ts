type Callback = (error: unknown, value?: unknown) => void

/** A store of sessions as plain JSON text, as Redis keeps them, that can be dumped, counted and broken. */
export class MemoryStore {
  readonly entries = new Map<string, string>()
  readonly operations: string[] = []
  /** When set, every call of that name fails with it. */
  failure: Partial<Record<'get' | 'set' | 'destroy', Error>> = {}
  /** When set, no call is ever answered. */
  silent = false

  get = (key: string, done: Callback): void => {
    this.operations.push('get')
    if (this.silent) return
    if (this.failure.get) return void setImmediate(done, this.failure.get)
    const text = this.entries.get(key)
    setImmediate(done, null, text === undefined ? null : JSON.parse(text))
  }

  set = (key: string, session: unknown, done: Callback): void => {
    this.operations.push('set')
    if (this.silent) return
    if (this.failure.set) return void setImmediate(done, this.failure.set)
    this.entries.set(key, JSON.stringify(session))
    setImmediate(done, null)
  }

  destroy = (key: string, done: Callback): void => {
    this.operations.push('destroy')
    if (this.silent) return
    if (this.failure.destroy) return void setImmediate(done, this.failure.destroy)
    this.entries.delete(key)
    setImmediate(done, null)
  }

  dump(): string {
    return [...this.entries].map(([key, text]) => `${key} ${text}`).join('\n')
  }
}
