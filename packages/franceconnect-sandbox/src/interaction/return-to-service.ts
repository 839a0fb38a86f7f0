import { PageError } from '../pages/page-error.ts'
import type { PlatformContext } from '../platform/context.ts'
import { redirect, type Visit } from '../platform/visit.ts'

/**
 * `GET /redirect-to-sp-with-error`: the citizen leaves. Without a login in progress FranceConnect still redirects, to
 * the address of the link, with a `state` that may be the word `undefined`; here only to an address that is registered.
 */
export async function returnToService(context: PlatformContext, visit: Visit): Promise<void> {
  const { query } = visit
  const error = query.get('error') ?? 'access_denied'
  const error_description = query.get('error_description') ?? 'user authentication aborted'
  const inProgress = await context.engine.interactionDetails(visit.request, visit.response).catch(() => undefined)
  if (inProgress && context.sessions.of(visit.request)?.step !== 'done') {
    visit.response.setHeader('cache-control', 'no-store')
    await context.engine.interactionFinished(visit.request, visit.response, { error, error_description })
    return
  }
  const address = query.get('redirect_uri') ?? ''
  if (!context.clients.some(({ redirectUris }) => redirectUris.includes(address))) {
    throw new PageError('Y030030', "aucune connexion en cours, et redirect_uri n'est déclarée par aucun service")
  }
  redirect(visit, 302, errorAddress(context, address, error, error_description, query.get('state') ?? 'undefined'))
}

/** An error sent to a service, with the issuer. */
export function errorAddress(
  { issuer }: PlatformContext,
  redirectUri: string,
  error: string,
  description: string,
  state: string
): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries({ error, error_description: description, state, iss: issuer })) {
    url.searchParams.set(name, value)
  }
  return url.href
}
