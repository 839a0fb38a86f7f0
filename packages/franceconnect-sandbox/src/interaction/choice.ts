import { identityProviders } from '../citizens/identity-providers.ts'
import { choicePage, left } from '../pages/choice-page.ts'
import { PageError } from '../pages/page-error.ts'
import { clientOf, type PlatformContext } from '../platform/context.ts'
import { type Session, secret } from '../platform/engine/sessions.ts'
import { redirect, sendPage, type Visit } from '../platform/visit.ts'
import { titleOf } from '../registration/client.ts'
import { loginShown, submitted } from './steps.ts'

/** Where the page of a simulated identity provider is, under the issuer. */
export const identityProviderPath = '/fournisseur-identite'

/** Sends the browser to an identity provider. */
export function toIdentityProvider(context: PlatformContext, session: Session, uid: string): string {
  const state = secret()
  session.idp = { uid, state }
  const query = new URLSearchParams({ state, acr_values: session.request?.acr ?? '' })
  return `${context.issuer}${identityProviderPath}/${uid}?${query}`
}

/** `GET /interaction/:uid`: the choice of an identity provider. */
export async function choice(context: PlatformContext, visit: Visit): Promise<void> {
  const { platform, issuer } = context
  const session = loginShown(context, visit)
  if (session.step === 'done') throw new PageError('Y190004', 'cette connexion est terminée')
  const { acr } = session.request
  if (context.faults.take('citizen')) {
    await context.engine.interactionFinished(visit.request, visit.response, left)
    return
  }
  if (!platform.acrValues.includes(acr)) {
    await context.engine.interactionFinished(visit.request, visit.response, {
      error: 'invalid_acr',
      error_description: `acr_value is not valid, should be equal one of these values, expected ${platform.acrValues}, got ${acr}`
    })
    return
  }
  const automatic = context.automaticCitizen()
  if (automatic !== undefined) {
    const idp = identityProviders[platform.name].find((provider) => provider.acr >= acr)!
    session.identification = { citizenId: automatic, idpUid: idp.uid, acr }
    session.step = 'identified'
    session.request.information = false
    redirect(visit, 302, `${issuer}/interaction/${session.interactionId}/verify`)
    return
  }
  session.step = 'choice'
  session.csrf = secret()
  const notice = session.notice
  session.notice = undefined
  sendPage(
    visit.response,
    200,
    choicePage(context, session, titleOf(clientOf(context, session.request.clientId)!), notice)
  )
}

/** `POST /redirect-to-idp`: an identity provider was chosen. */
export function chosen(context: PlatformContext, visit: Visit): void {
  const { form, session } = submitted(context, visit)
  const provider = identityProviders[context.platform.name].find(({ uid }) => uid === form.get('providerUid'))
  if (!provider) throw new PageError('Y020019', "fournisseur d'identité inconnu")
  redirect(visit, 302, toIdentityProvider(context, session, provider.uid))
}
