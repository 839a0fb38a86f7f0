import { PageError } from '../page-error.ts'
import type { PlatformContext } from '../platform/context.ts'
import type { ServiceRequest, Session } from '../sessions.ts'
import type { Visit } from '../visit.ts'

/** A session in the middle of a login. */
export type LoginSession = Session & { request: ServiceRequest; interactionId: string }

/** The login in progress in this browser, or the page Y190001. */
export function loginInProgress({ sessions }: PlatformContext, visit: Visit): LoginSession {
  const session = sessions.of(visit.request)
  if (!session?.request || session.interactionId === undefined) throw new PageError('Y190001')
  return session as LoginSession
}

/** The same, for a path that names its interaction: another tab's is Y190004, and so is a login without a state. */
export function loginNamed(context: PlatformContext, visit: Visit): LoginSession {
  const session = loginInProgress(context, visit)
  const [, , uid] = visit.path.split('/')
  if (session.interactionId !== uid) throw new PageError('Y190004', 'cette étape appartient à une autre connexion')
  if (session.request.state === '') throw new PageError('Y190004', 'le service a envoyé un state vide')
  return session
}

/** Refuses a form that is not the one shown last to this browser. */
export function checkCsrf(session: Session, form: URLSearchParams): void {
  const expected = session.csrf
  session.csrf = undefined
  if (expected === undefined || form.get('csrfToken') !== expected) {
    session.csrf = expected
    throw new PageError('Y470001', 'formulaire périmé : un autre onglet ou un rechargement l’a remplacé')
  }
}
