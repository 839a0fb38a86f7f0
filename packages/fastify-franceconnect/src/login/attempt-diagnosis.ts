import type { FastifyRequest } from 'fastify'
import type { Settings } from '../options/options.ts'
import type { Found } from './attempt.ts'

const causes = {
  expired: 'the attempt has expired: the citizen stayed too long at FranceConnect',
  unreadable: 'its cookie does not open: was "secret" changed, or does another instance have another one?',
  'other-attempts':
    'the browser holds other attempts, not this one: too many tabs, an attempt that expired, or a callback from elsewhere',
  'no-cookie':
    'the browser sent no attempt cookie: it expired, cookies are blocked, or the login was started in another browser'
}

/** The likeliest cause of a callback without its attempt, for the developer. Nothing of the request is repeated. */
export function diagnose(
  missing: Extract<Found, { missing: string }>['missing'],
  request: FastifyRequest,
  settings: Settings
): string {
  if (missing !== 'no-cookie' || process.env['NODE_ENV'] === 'production') return causes[missing]
  const base = new URL(settings.baseUrl)
  if (request.host !== base.host && request.headers['x-forwarded-host'] === undefined) {
    return `the request came to another host than baseUrl (${base.host}): open the service at baseUrl, since cookies belong to one host`
  }
  const overHttp = request.protocol === 'http' && request.headers['x-forwarded-proto'] === undefined
  if (settings.secure && overHttp && base.hostname.match(/^(localhost|127\.|\[::1\])/)) {
    return 'baseUrl is https and the service is opened over http: browsers then keep no Secure cookie; make baseUrl http://… on this machine'
  }
  return causes[missing]
}
