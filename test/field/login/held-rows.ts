import { Rows, until } from './services.ts'

type Done = (error: unknown, value?: never) => void

/** A store in which one operation, named as `set franceconnect-end-…`, waits until it is released. */
export class HeldRows extends Rows {
  #asked: RegExp | null = null
  #held: (() => void) | null = null

  /** The next operation that matches waits. */
  hold(operation: RegExp): void {
    this.#asked = operation
  }

  held(): Promise<void> {
    return until(() => this.#held !== null)
  }

  release(): void {
    this.#held?.()
    this.#held = null
  }

  #pass(operation: string, go: () => void): void {
    if (this.#asked?.test(operation)) {
      this.#asked = null
      this.#held = go
    } else go()
  }

  override get(key: string, done: Done): void {
    this.#pass(`get ${key}`, () => super.get(key, done))
  }

  override set(key: string, row: unknown, done: (error?: unknown) => void): void {
    const text = JSON.stringify(row)
    this.#pass(`set ${key} ${text}`, () => super.set(key, JSON.parse(text), done))
  }

  override destroy(key: string, done: (error?: unknown) => void): void {
    this.#pass(`destroy ${key}`, () => super.destroy(key, done))
  }
}
