import { inspect } from 'node:util'
import { citizen } from './honest.ts'
import { clientSecret, type HostileProvider } from './provider.ts'
import { type RelyingParty, sessionSecret } from './relying-party.ts'

/** Everything of a provider's logins that nobody but the two servers may hold, by name. */
export function secretsOf(provider: HostileProvider): [name: string, value: string][] {
  const ofLogins = provider.logins.flatMap((login): [string, string][] => [
    ['code', login.code],
    ['state', login.state],
    ['nonce', login.nonce],
    ['access token', login.accessToken],
    ['sub', login.sub],
    ...jwtParts('ID Token', login.idToken),
    ...jwtParts('userinfo', login.userinfo)
  ])
  const fixed: [string, string][] = [
    ['client secret', clientSecret],
    ['session secret', sessionSecret],
    ['given name', citizen.given_name],
    ['family name', citizen.family_name],
    ['birthdate', citizen.birthdate],
    ['e-mail', citizen.email]
  ]
  return [...ofLogins, ...fixed].filter(([, value]) => value.length >= 10)
}

function jwtParts(name: string, jwt: string): [string, string][] {
  const [, payload = '', signature = ''] = jwt.split('.')
  return [
    [`${name} (payload)`, payload.slice(0, 60)],
    [`${name} (signature)`, signature.slice(0, 60)]
  ].filter(([, value]) => (value ?? '').length >= 20) as [string, string][]
}

/** Names of the secrets that a text shows, whole or percent-encoded. */
export function shownIn(place: string, text: string, secrets: [string, string][]): string[] {
  const shown = secrets.filter(([, value]) => text.includes(value) || text.includes(encodeURIComponent(value)))
  return [...new Set(shown.map(([name]) => `${name} in ${place}`))]
}

/** Secrets found in the log, in the errors however they are printed, and in a text given. */
export function leaksOf(party: RelyingParty, page = ''): string[] {
  const secrets = secretsOf(party.provider)
  return [
    ...shownIn('page', page, secrets),
    ...shownIn('log', party.logs.join(''), secrets),
    ...party.errors.flatMap((error) => [
      ...shownIn('inspected error', inspect(error, { depth: 10, showHidden: true }), secrets),
      ...shownIn('error message', `${error.message} ${error.stack}`, secrets),
      ...shownIn('error as JSON', JSON.stringify(error), secrets)
    ])
  ]
}
