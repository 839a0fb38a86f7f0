import { identityScopes } from './doctor/known-scopes.ts'
import { isLoopback } from './environments.ts'
import { nearest } from './nearest.ts'
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
