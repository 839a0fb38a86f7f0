import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Engine, KoaContextWithOIDC } from '../provider.ts'
import { contentSecurityPolicy, type Visit } from '../visit.ts'
import { bodyOf } from './body.ts'

type After = (ctx: KoaContextWithOIDC) => void | Promise<void>

const afterwards = new WeakMap<IncomingMessage, After>()

/** Lets `callEngine` look at the engine's answers before they leave. */
export function watchAnswers(engine: Engine): void {
  engine.use(async (ctx, next) => {
    await next()
    // A later version of the engine takes back the signature of a cookie that it clears, which FranceConnect's does not.
    const cookies = [ctx.response.get('set-cookie')]
      .flat()
      .filter((cookie) => cookie && !/\.sig=.*expires=thu, 01 jan 1970/i.test(cookie))
    if (cookies.length > 0) ctx.set('set-cookie', cookies)
    await afterwards.get(ctx.req)?.(ctx as KoaContextWithOIDC)
    if (typeof ctx.body === 'string') ctx.set('content-security-policy', contentSecurityPolicy(ctx.body))
  })
}

/** Has the engine answer a request, under its path below the issuer and with these parameters. */
export async function callEngine(engine: Engine, prefix: string, visit: Visit, after?: After): Promise<void> {
  const { response, path } = visit
  const { bytes } = bodyOf(visit.request)
  const request = visit.request.method === 'POST' ? replayed(visit.request, bytes) : visit.request
  const query = visit.query.size > 0 ? `?${visit.query}` : ''
  request.url = `${path}${query}`
  Object.assign(request, { originalUrl: `${prefix}${path}${query}` })
  if (after) afterwards.set(request, after)
  await engine.callback()(request, response)
}

/** The request again, with a body that was already read. */
function replayed(request: IncomingMessage, body: Buffer): IncomingMessage {
  const { headers, method, url, socket, httpVersion } = request
  return Object.assign(Readable.from(body), { headers, method, url, socket, httpVersion }) as unknown as IncomingMessage
}
