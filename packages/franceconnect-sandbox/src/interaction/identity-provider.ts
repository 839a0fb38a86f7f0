import { randomBytes } from 'node:crypto'
import { type IdentityProvider, identityProviders } from '../citizens/identity-providers.ts'
import { html } from '../pages/html.ts'
import { selfSubmitted } from '../pages/layout.ts'
import { PageError } from '../pages/page-error.ts'
import { formOf } from '../platform/body.ts'
import type { PlatformContext } from '../platform/context.ts'
import { knownAcrValues } from '../platform/platform.ts'
import { redirect, sendPage, type Visit } from '../platform/visit.ts'
import { identityProviderPage } from './identity-provider-page.ts'

/** Life of the answer of a simulated identity provider, in seconds. */
const answerLife = 60

function providerOf({ platform }: PlatformContext, { path }: Visit): IdentityProvider {
  const provider = identityProviders[platform.name].find(({ uid }) => uid === path.split('/')[2])
  if (!provider) throw new PageError('Y000404')
  return provider
}

/** `GET /fournisseur-identite/:uid`: who logs in. */
export function identityProvider(context: PlatformContext, visit: Visit): void {
  const provider = providerOf(context, visit)
  sendPage(visit.response, 200, identityProviderPage(context, provider, visit.query))
}

/** `POST /fournisseur-identite/:uid`: a citizen, at the level asked unless the form says another, or a cancellation. */
export function identified(context: PlatformContext, visit: Visit): void {
  const provider = providerOf(context, visit)
  const form = formOf(visit.request) ?? new URLSearchParams()
  const callback = `${context.issuer}/oidc-callback`
  const state = form.get('state') ?? ''
  if (form.has('cancel')) {
    redirect(visit, 303, `${callback}?${new URLSearchParams({ error: 'access_denied', state })}`)
    return
  }
  const citizen = context.people.find(form.get('login') ?? '')
  if (!citizen) {
    const query = new URLSearchParams({ state, acr_values: form.get('acr') ?? '' })
    sendPage(visit.response, 200, identityProviderPage(context, provider, query, 'Cet identifiant n’existe pas.'))
    return
  }
  const asked = context.sessions.of(visit.request)?.request?.acr
  const acr = [form.get('acr'), asked].find((one) => one && knownAcrValues.includes(one))
  const code = randomBytes(32).toString('base64url')
  context.store.write(`IdentityProviderAnswer:${code}`, { accountId: citizen.id, acr: acr ?? provider.acr }, answerLife)
  redirect(visit, 303, `${callback}?${new URLSearchParams({ code, state })}`)
}

/** `GET /fournisseur-identite/:uid/session/end`: the provider ends its own session, which the simulated one lacks. */
export function disconnected({ platform }: PlatformContext, visit: Visit): void {
  const action = `${platform.prefix}${visit.path}/confirm`
  const state = visit.query.get('state') ?? ''
  const form = html`<form method="post" action="${action}"><input type="hidden" name="state" value="${state}"></form>`
  sendPage(visit.response, 200, selfSubmitted(platform.title, 'Déconnexion', form))
}

/** `POST /fournisseur-identite/:uid/session/end/confirm`. */
export function disconnectionConfirmed({ issuer }: PlatformContext, visit: Visit): void {
  const state = formOf(visit.request)?.get('state') ?? ''
  redirect(visit, 303, `${issuer}/client/logout-callback?${new URLSearchParams({ state })}`)
}
