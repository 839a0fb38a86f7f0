import type { Logout } from '../../logout/logout.ts'
import type { Settings } from '../../options/options.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { Audit } from './audit.ts'

/** A logout that says whose it is before the login goes. */
export function createAuditedLogout(logout: Logout, sessions: Sessions, audit: Audit): Logout {
  return {
    ...logout,
    start(request, reply, options) {
      audit.leaves(request, sessions.current(request)?.login ?? null)
      return logout.start(request, reply, options)
    }
  }
}

/** Settings whose `onLogin` notes who was verified, for the event of its refusal. */
export function createAuditedLogin(settings: Settings, audit: Audit): Settings {
  const { onLogin } = settings
  if (onLogin === undefined || settings.onAudit === undefined) return settings
  return {
    ...settings,
    onLogin(request, reply, login) {
      audit.verified(request, login)
      return onLogin(request, reply, login)
    }
  }
}
