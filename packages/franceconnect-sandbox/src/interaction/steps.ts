import { PageError } from '../pages/page-error.ts'
import { formOf } from '../platform/body.ts'
import type { PlatformContext } from '../platform/context.ts'
import type { ServiceRequest, Session } from '../platform/engine/sessions.ts'
import type { Visit } from '../platform/visit.ts'

/** A session in the middle of a login. */
export type LoginSession = Session & { request: ServiceRequest; interactionId: string }

/** The login in progress in this browser, or the page Y190001. */
export function loginInProgress({ sessions }: PlatformContext, visit: Visit): LoginSession {
  const session = sessions.of(visit.request)
  if (!session?.request || session.interactionId === undefined) throw new PageError('Y190001')
  return session as LoginSession
}

/**
 * The same, for a page of the login. FranceConnect does not look at the interaction that its path names: there is one
 * login by browser. A login without a state is Y190004.
 */
export function loginShown(context: PlatformContext, visit: Visit): LoginSession {
  const session = loginInProgress(context, visit)
  if (session.request.state === '') throw new PageError('Y190004', 'le service a envoyé un state vide')
  return session
}

/**
 * A form sent by a page and the login that it belongs to. A form that is not the one shown last to this browser is
 * refused, before anything else is looked at.
 */
export function submitted(context: PlatformContext, visit: Visit): { form: URLSearchParams; session: Session } {
  const form = formOf(visit.request)
  if (!form) throw new PageError('Y000000').early()
  const [token, ...more] = form.getAll('csrfToken')
  if (!token) throw new PageError('Y470002', 'formulaire sans csrfToken')
  const session = context.sessions.of(visit.request)
  if (!session?.request) throw new PageError('Y190001').early()
  if (session.csrf === undefined) throw new PageError('Y470004', 'formulaire déjà envoyé')
  if (token !== session.csrf || more.length > 0) {
    throw new PageError('Y470001', 'formulaire périmé : un autre onglet ou un rechargement l’a remplacé')
  }
  return { form, session }
}
