import { note } from '../levers/notes.ts'
import { consentPage } from '../pages/consent-page.ts'
import { PageError } from '../pages/page-error.ts'
import { clientOf, type PlatformContext } from '../platform/context.ts'
import { secret } from '../platform/engine/sessions.ts'
import { accountId } from '../platform/engine-configuration.ts'
import { addCookie, sendPage, type Visit } from '../platform/visit.ts'
import { titleOf } from '../registration/client.ts'
import { labelsOf } from '../registration/data-provider.ts'
import { type LoginSession, loginInProgress, loginShown, submitted } from './steps.ts'

/** Seconds during which checktoken remembers the level of a login: longer than a token lives. */
const levelLife = 120

/** Seconds during which a browser is known for one where somebody logged in: 90 days. */
const trusted = 7_776_000

/** `GET /interaction/:uid/consent`: the information page, which lists the data that leave. */
export async function information(context: PlatformContext, visit: Visit): Promise<void> {
  const session = loginShown(context, visit)
  const citizen = context.people.find(session.identification?.citizenId ?? '')
  if (session.step !== 'verified' || !citizen) throw new PageError('Y190004')
  const client = clientOf(context, session.request.clientId)!
  const { params } = await context.engine.interactionDetails(visit.request, visit.response).catch(() => {
    throw new PageError('Y000000')
  })
  session.csrf = secret()
  const scopes = String(params.scope).split(' ')
  const labels = labelsOf(context.dataProviders)
  sendPage(visit.response, 200, consentPage(context.platform, { client, citizen, scopes, csrf: session.csrf, labels }))
}

/** `POST /login`: the citizen goes on to the service. */
export async function accepted(context: PlatformContext, visit: Visit): Promise<void> {
  const { form } = submitted(context, visit)
  const session = loginInProgress(context, visit)
  const client = clientOf(context, session.request.clientId)!
  if (client.type === 'private' && !form.has('consent')) {
    throw new PageError('Y000400', `${titleOf(client)} est un service privé : la case de consentement est obligatoire`)
  }
  await finish(context, visit, session)
}

/** `GET /auto-login`: the same without a page, for a service that has the right to it. */
export async function automatic(context: PlatformContext, visit: Visit): Promise<void> {
  const session = loginInProgress(context, visit)
  if (session.request.information) throw new PageError('Y190004')
  await finish(context, visit, session)
}

async function finish(context: PlatformContext, visit: Visit, session: LoginSession): Promise<void> {
  const { engine, platform, sessions, store } = context
  const { identification } = session
  if (session.step !== 'verified' || !identification) throw new PageError('Y190004')
  const { params } = await engine.interactionDetails(visit.request, visit.response).catch(() => {
    throw new PageError('Y000000')
  })
  note(visit.request, { citizenId: identification.citizenId })
  session.step = 'done'
  session.csrf = undefined
  sessions.renew(session, visit.response)
  addCookie(
    visit.response,
    `trustedDevice=${secret()}; Max-Age=${trusted}; Path=${platform.prefix}; HttpOnly; SameSite=Strict`
  )
  visit.response.setHeader('cache-control', 'no-store')
  const account = accountId(identification.idpUid, identification.citizenId)
  const grant = new engine.Grant({ accountId: account, clientId: session.request.clientId })
  grant.addOIDCScope(String(params.scope))
  grant.addOIDCClaims(['amr'])
  const grantId = await grant.save()
  store.write(`Level:${grantId}`, { acr: identification.acr }, levelLife)
  await engine.interactionFinished(
    visit.request,
    visit.response,
    { login: { accountId: account, acr: identification.acr, amr: platform.amr }, consent: { grantId } },
    { mergeWithLastSubmission: false }
  )
}
