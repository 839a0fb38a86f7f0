import { errorPage } from '../pages/error-page.ts'
import { PageError } from '../pages/page-error.ts'
import { formOf } from './body.ts'
import type { PlatformContext } from './context.ts'
import { callEngine } from './engine-call.ts'
import { sendPage, type Visit } from './visit.ts'

const rules = { token: /^[^.*?{}()|[\]\s\\]{43,}$/, client_id: /^/, client_secret: /^[\0-\x7f]{32,}$/ }

/**
 * `POST /token/revocation`: exactly three parameters, then RFC 7009. FranceConnect answers others with an error page that
 * it labels JSON.
 */
export async function revocation(context: PlatformContext, visit: Visit): Promise<void> {
  const fields = formOf(visit.request) ?? new URLSearchParams()
  const fits = (name: string) =>
    Object.entries(rules).every(([key, rule]) => key !== name || rule.test(fields.get(key)!))
  const names = [...fields.keys()].sort()
  if (names.join() !== Object.keys(rules).sort().join() || !names.every(fits)) {
    const hint =
      'la révocation prend token (au moins 43 caractères), client_id et client_secret (au moins 32), et rien d’autre'
    const page = errorPage(context.platform.title, new PageError('Y000400', hint))
    sendPage(visit.response, 400, page, { type: 'application/json', stored: true })
    return
  }
  await callEngine(context.engine, context.platform.prefix, visit, (ctx) => {
    if (ctx.status === 200) ctx.type = 'application/json; charset=utf-8'
  })
}
