import { PageError } from '../page-error.ts'
import { bodyOf, type Visit } from '../visit.ts'
import type { PlatformContext } from './context.ts'
import { callEngine, replayed } from './engine-call.ts'

const parameters = ['client_id', 'client_secret', 'token']

/** `POST /token/revocation`: exactly three parameters, then RFC 7009. */
export async function revocation(context: PlatformContext, visit: Visit): Promise<void> {
  const body = await bodyOf(visit.request)
  const names = [...new URLSearchParams(body.toString('utf8')).keys()].sort()
  if (names.join() !== parameters.join()) {
    throw new PageError('Y000400', 'la révocation prend token, client_id et client_secret, et rien d’autre')
  }
  const request = replayed(visit.request, body)
  await callEngine(context.engine, context.platform.prefix, { ...visit, request }, (ctx) => {
    if (ctx.status === 200) ctx.type = 'application/json; charset=utf-8'
  })
}
