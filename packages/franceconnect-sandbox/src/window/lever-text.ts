import type { IncomingMessage } from 'node:http'

const most = 1024 * 1024

/** The text of what the page asks; what is longer than 1 MB is not read. */
export async function leverText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > most) {
      request.destroy()
      break
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
