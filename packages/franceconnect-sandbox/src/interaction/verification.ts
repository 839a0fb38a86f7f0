import { identityProviders } from '../citizens/identity-providers.ts'
import { PageError } from '../pages/page-error.ts'
import type { PlatformContext } from '../platform/context.ts'
import { redirect, type Visit } from '../platform/visit.ts'
import { type LoginSession, loginInProgress, loginShown } from './steps.ts'

/** An identity that the identity provider gives and FranceConnect does not take. */
const incomplete = 'Y600006'

/** `GET /oidc-callback`: the identity provider answers. */
export function answered(context: PlatformContext, visit: Visit): void {
  const session = loginInProgress(context, visit)
  const { idp } = session
  context.sessions.renew(session, visit.response)
  if (session.step && session.step !== 'choice') throw new PageError('Y190004', 'réponse rejouée')
  if (!visit.query.has('state')) throw new PageError('Y020021', 'réponse du fournisseur d’identité sans state')
  if (!idp || visit.query.get('state') !== idp.state)
    throw new PageError('Y020022', 'le state n’est pas celui qui a été envoyé')
  session.idp = undefined
  const step = `${context.issuer}/interaction/${session.interactionId}`
  if (visit.query.has('error')) {
    const name = identityProviders[context.platform.name].find(({ uid }) => uid === idp.uid)?.name
    session.notice = `La connexion à ${name} n’a pas abouti : vous avez annulé. Choisissez un autre compte.`
    redirect(visit, 302, step)
    return
  }
  if (!visit.query.has('code')) throw new PageError('Y020025', 'réponse du fournisseur d’identité sans code')
  const key = `IdentityProviderAnswer:${visit.query.get('code')}`
  const answer = context.store.read(key)
  context.store.delete(key)
  if (answer?.accountId === undefined || answer.acr === undefined) throw new PageError('Y020026', 'code inconnu')
  if (context.people.find(answer.accountId)?.refusal === incomplete) throw new PageError(incomplete)
  session.identification = { citizenId: answer.accountId, idpUid: idp.uid, acr: answer.acr }
  session.step = 'identified'
  redirect(visit, 302, `${step}/verify`)
}

/** `GET /interaction/:uid/verify`: the level and the civil register. */
export function verified(context: PlatformContext, visit: Visit): void {
  const session = loginShown(context, visit)
  if (!session.identification || session.step !== 'identified') throw new PageError('Y190004')
  const refusal = refusalOf(context, session)
  if (refusal !== undefined) {
    session.identification = undefined
    session.step = 'choice'
    throw new PageError(refusal)
  }
  session.step = 'verified'
  const next = session.request.information ? `/interaction/${session.interactionId}/consent` : '/auto-login'
  redirect(visit, 302, `${context.issuer}${next}`)
}

function refusalOf({ platform, people }: PlatformContext, session: LoginSession): string | undefined {
  const { citizenId, acr } = session.identification!
  if (platform.encrypted && acr < session.request.acr) return 'Y100001'
  if (!platform.encrypted && acr !== session.request.acr) return 'Y100018'
  return people.find(citizenId)?.refusal
}
