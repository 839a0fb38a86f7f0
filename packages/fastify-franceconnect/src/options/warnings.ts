import { nearest } from 'franceconnect-protocol/nearest'
import { isLoopback } from 'franceconnect-protocol/platforms'
import { identityScopes } from './known-scopes.ts'
import type { Settings } from './options.ts'
import { weakness } from './weak-secret.ts'

/** Scopes that FranceConnect knows no more, or refuses everybody for. */
const lost: Readonly<Record<string, string>> = {
  amr: 'for which FranceConnect refuses every login (invalid_scope): it is asked by "claims" of login(), once granted.',
  address: 'which left FranceConnect with version 2.',
  phone: 'which left FranceConnect with version 2.',
  offline_access: 'and FranceConnect gives no refresh token.'
}

const week = 604_800

/** What cannot be refused at boot and yet is likely a mistake: one sentence each. */
export function warningsOf(settings: Settings): string[] {
  const { baseUrl, scope, secrets, environment, pkce, routes, timeout, sessionMaxAge, idleTimeout } = settings
  const warnings: string[] = []
  for (const why of new Set(secrets.map(weakness)))
    if (why !== null) warnings.push(`option "secret" ${why}: give at least 32 random characters before production.`)
  if (secrets.includes(settings.clientSecret))
    warnings.push('option "secret" is the same as "clientSecret", which FranceConnect knows: give one of your own.')
  const { protocol, hostname, host } = new URL(baseUrl)
  if (protocol === 'http:' && !isLoopback(hostname)) {
    warnings.push(
      `option "baseUrl" is http://${host}: the session's cookie crosses the network in clear; only https is for the public.`
    )
  }
  if (new URL(baseUrl).pathname.endsWith(routes.callback))
    warnings.push('option "baseUrl" ends with the path of the callback, which comes after it a second time.')
  for (const name of ['clientId', 'clientSecret'] as const) {
    const value = settings[name]
    if (value !== value.trim()) warnings.push(`option "${name}" begins or ends with white space: is it part of it?`)
    if (/^(["']).*\1$/s.test(value.trim())) warnings.push(`option "${name}" is in quotes: are they part of it?`)
  }
  if (timeout < 100) warnings.push(`option "timeout" is ${timeout}: it is in milliseconds, for a whole exchange.`)
  if (sessionMaxAge > week)
    warnings.push(
      `option "sessionMaxAge" lets a login last ${Math.round(sessionMaxAge / 86_400)} days: it is in seconds.`
    )
  if (idleTimeout !== null && idleTimeout >= sessionMaxAge)
    warnings.push('option "idleTimeout" is not under "sessionMaxAge": no login is ever idle.')
  if (pkce && environment !== null)
    warnings.push('option "pkce" is true, which FranceConnect refuses by a page without a way back.')
  for (const name of scope) {
    const why = environment === null ? undefined : lost[name]
    if (why !== undefined) warnings.push(`option "scope" holds "${name}", ${why}`)
  }
  for (const name of scope) {
    const meant = identityScopes.has(name) ? null : nearest(name, identityScopes)
    if (meant !== null)
      warnings.push(
        `option "scope" holds "${name}", which is no identity scope of FranceConnect: did you mean "${meant}"?`
      )
  }
  return warnings
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** What the discovery document says that the settings cannot work with: every login would fail at its end. */
export function discoveryWarningsOf(settings: Settings, document: Record<string, unknown>): string[] {
  const { acrValues, idTokenSignedResponseAlg: alg, decryptionKeys } = settings
  const warnings: string[] = []
  const levels = listed(document['acr_values_supported'])
  if (levels.length > 0 && !levels.includes(acrValues))
    warnings.push(
      `option "acrValues" is ${acrValues}, which this issuer does not give: every login will end in invalid_acr.`
    )
  const algorithms = listed(document['id_token_signing_alg_values_supported'])
  if (algorithms.length > 0 && !algorithms.includes(alg))
    warnings.push(
      `option "idTokenSignedResponseAlg" is ${alg}, which this issuer never signs with: every login will fail.`
    )
  const encrypts = ['id_token_encryption_alg_values_supported', 'userinfo_encryption_alg_values_supported']
  if (decryptionKeys.length === 0 && encrypts.some((name) => listed(document[name]).length > 0))
    warnings.push('option "decryptionKeys" is missing and this issuer encrypts its answers: every login will fail.')
  return warnings
}
