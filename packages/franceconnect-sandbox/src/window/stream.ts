import type { ServerResponse } from 'node:http'
import type { Change, Snapshot } from './view.ts'

/** Pages that may listen at once, and bytes that a slow one may leave waiting. */
const most = { pages: 20, waiting: 4_000_000 }

const heartbeat = 15_000

/** The open pages, told of every change as it happens. */
export interface Stream {
  /** Keeps an answer open for a page and sends it everything first. */
  open(response: ServerResponse, snapshot: Snapshot): void
  send(change: Change): void
  /** Whether anybody listens. */
  readonly heard: boolean
  close(): void
}

const written = (name: string, value: unknown) => `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`

/** Server-sent events: one way, over plain HTTP, and the browser comes back by itself. */
export function createStream(): Stream {
  const pages = new Set<ServerResponse>()
  const beat = setInterval(() => tell(': \n\n'), heartbeat)
  beat.unref()

  function tell(text: string): void {
    for (const page of pages) {
      if (page.writableLength > most.waiting) page.destroy()
      else page.write(text)
    }
  }

  return {
    open(response, snapshot) {
      if (pages.size >= most.pages) pages.values().next().value?.destroy()
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
      response.write(written('snapshot', snapshot))
      pages.add(response)
      response.once('close', () => pages.delete(response))
    },
    send: (change) => tell(written('change', change)),
    get heard() {
      return pages.size > 0
    },
    close() {
      clearInterval(beat)
      for (const page of pages) page.destroy()
    }
  }
}
