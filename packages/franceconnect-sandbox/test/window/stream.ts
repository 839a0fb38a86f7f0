import type { Change, Snapshot } from '../../src/window/view.ts'

/** Listens to the window's stream as a page does, without a page. */
export async function listen(address: string) {
  const stop = new AbortController()
  const response = await fetch(address, { signal: stop.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  /** The next event, snapshot or change. */
  async function next(): Promise<Snapshot | Change> {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1]
        text = text.slice(end + 2)
        if (data !== undefined) return JSON.parse(data)
      } else {
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream ended')
        text += value
      }
    }
  }
  return { next, close: () => stop.abort(), status: response.status }
}

/** The state of a window now. */
export async function snapshotOf(address: string): Promise<Snapshot> {
  const stream = await listen(address)
  const snapshot = (await stream.next()) as Snapshot
  stream.close()
  return snapshot
}
