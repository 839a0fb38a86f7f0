import { identityProviders } from '../identity-providers.ts'
import { PageError } from '../page-error.ts'
import type { PlatformContext } from '../platform/context.ts'
import { redirect, type Visit } from '../visit.ts'
import { type LoginSession, loginInProgress, loginNamed } from './steps.ts'

/** `GET /oidc-callback`: the identity provider answers. */
export function answered(context: PlatformContext, visit: Visit): void {
  const session = loginInProgress(context, visit)
  const { idp } = session
  if (!idp || visit.query.get('state') !== idp.state) throw new PageError('Y190004', 'réponse rejouée')
  session.idp = undefined
  const step = `${context.issuer}/interaction/${session.interactionId}`
  if (visit.query.has('error')) {
    const name = identityProviders[context.platform.name].find(({ uid }) => uid === idp.uid)?.name
    session.notice = `La connexion à ${name} n’a pas abouti : vous avez annulé. Choisissez un autre compte.`
    redirect(visit.response, 302, step)
    return
  }
  const key = `IdentityProviderAnswer:${visit.query.get('code')}`
  const answer = context.store.read(key)
  context.store.delete(key)
  if (answer?.accountId === undefined || answer.acr === undefined) throw new PageError('Y190004', 'réponse inconnue')
  session.identification = { citizenId: answer.accountId, idpUid: idp.uid, acr: answer.acr }
  session.identified = true
  context.sessions.renew(session)
  redirect(visit.response, 302, `${step}/verify`)
}

/** `GET /interaction/:uid/verify`: the level and the civil register. */
export function verified(context: PlatformContext, visit: Visit): void {
  const session = loginNamed(context, visit)
  if (!session.identification || !session.identified) throw new PageError('Y190004')
  const refusal = refusalOf(context, session)
  if (refusal !== undefined) {
    session.identification = undefined
    session.identified = false
    throw new PageError(refusal)
  }
  const next = session.request.information ? `/interaction/${session.interactionId}/consent` : '/auto-login'
  redirect(visit.response, 302, `${context.issuer}${next}`)
}

function refusalOf({ platform, people }: PlatformContext, session: LoginSession): string | undefined {
  const { citizenId, acr } = session.identification!
  if (platform.encrypted && acr < session.request.acr) return 'Y100001'
  if (!platform.encrypted && acr !== session.request.acr) return 'Y100018'
  return people.find(citizenId)?.refusal
}
