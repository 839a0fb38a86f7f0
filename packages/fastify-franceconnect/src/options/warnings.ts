import { nearest } from 'franceconnect-protocol/nearest'
import { isLoopback } from 'franceconnect-protocol/platforms'
import { identityScopes } from './known-scopes.ts'
import type { Settings } from './options.ts'

/** What cannot be refused at boot and yet is likely a mistake: one sentence each. */
export function warningsOf({ baseUrl, scope, secrets }: Settings): string[] {
  const warnings: string[] = []
  // aaaa…, or a few keys struck over and over
  if (secrets.some((secret) => new Set(secret).size < 5)) {
    warnings.push('option "secret" repeats the same few characters: give at least 32 random ones before production.')
  }
  const { protocol, hostname, host } = new URL(baseUrl)
  if (protocol === 'http:' && !isLoopback(hostname)) {
    warnings.push(
      `option "baseUrl" is http://${host}: the session's cookie crosses the network in clear; only https is for the public.`
    )
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
