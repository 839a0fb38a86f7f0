import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { type Captured, capture } from '../../src/levers/capture.ts'

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The status line, raw headers and body of one exchange, with and without somebody who looks. */
async function seen(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
  body: Buffer,
  looks: boolean
) {
  let captured: Captured | undefined
  const server = createServer((asked, response) => {
    if (looks) {
      capture(asked, response, (found) => {
        captured = found
      })
    }
    response.sendDate = false
    void answer(asked, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const asked = request({ port, host: '127.0.0.1', method: 'POST', headers: { connection: 'close' } })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const received = await bytesOf(response)
  await new Promise((resolve) => server.close(resolve))
  const { statusCode, statusMessage, rawHeaders } = response
  return { wire: { statusCode, statusMessage, rawHeaders, body: digest(received) }, captured }
}

const large = randomBytes(200_000)
const said = (text: string) => (_: IncomingMessage, response: ServerResponse) => response.end(text)

const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
  'a text': said('été'),
  'a text in latin1': (_, response) => response.end('été', 'latin1'),
  nothing: (_, response) => response.writeHead(204).end(),
  'parts, with trailers announced': (_, response) => {
    response.writeHead(201, 'Made', { 'x-a': ['1', '2'], trailer: 'x-t' })
    response.write('one')
    response.write(Buffer.from('two'), () => response.end(() => undefined))
  },
  'headers in a list': (_, response) => response.writeHead(200, ['x-a', '1', 'x-a', '2']).end('x'),
  'what was asked, after a while': async (asked, response) => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    response.end(digest(await bytesOf(asked)))
  },
  much: (_, response) => response.end(large)
}

for (const [name, answer] of Object.entries(answers)) {
  t.test(`${name}: the same bytes with somebody who looks`, async (t) => {
    const body = name.startsWith('what was asked') ? large : Buffer.from('a=1')
    const alone = await seen(answer, body, false)
    const watched = await seen(answer, body, true)
    t.same(watched.wire, alone.wire)
    t.equal(watched.captured?.status, alone.wire.statusCode)
  })
}

t.test('what is kept: heads, bodies, no more than 32 KB of each', async (t) => {
  const { captured } = await seen(
    async (asked, response) => {
      await bytesOf(asked)
      response.setHeader('x-set', 'one')
      response.writeHead(200, { 'x-written': 'two' }).end('été')
    },
    Buffer.from('a=1&b=é'),
    true
  )
  t.match(captured, { requestBody: 'a=1&b=é', responseBody: 'été', status: 200, truncated: false })
  t.match(captured?.responseHeaders, { 'x-set': 'one', 'x-written': 'two' })
  const { captured: cut } = await seen(answers['what was asked, after a while']!, Buffer.alloc(100_000, 97), true)
  t.equal(cut?.requestBody.length, 32_768)
  t.equal(cut?.truncated, true)
})
