import { type AcrValues, isLevel, levels, platformOf } from 'franceconnect-protocol/acr'
import { decryptionKeyProblem } from 'franceconnect-protocol/decryption-keys'
import { refuse } from 'franceconnect-protocol/option-values'
import { type Environment, isLoopback, issuers, type Platform } from 'franceconnect-protocol/platforms'
import type { FranceConnectOptions, Settings } from './options.ts'
import { scopesOf } from './scope.ts'

const identityScopes = ['openid', 'given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry']

export function checkAcrValues(value: unknown): AcrValues {
  if (value === undefined) return 'eidas1'
  return isLevel(value) ? value : refuse('acrValues', 'is not a level that FranceConnect gives', levels.join(', '))
}

export function checkIssuer(options: FranceConnectOptions, acrValues: AcrValues): string {
  const { environment, issuer } = options
  if (environment !== undefined && issuer !== undefined) {
    refuse('issuer', 'is given together with "environment"', 'only one of the two')
  }
  if (environment === undefined && issuer === undefined) {
    refuse('environment', 'is missing', "'integration' or 'production' (or the option \"issuer\")")
  }
  if (issuer === undefined) {
    if (environment !== 'integration' && environment !== 'production') {
      refuse('environment', 'is not an environment of FranceConnect', "'integration' or 'production'")
    }
    return issuers[platformOf(acrValues)][environment as Environment]
  }
  const url = typeof issuer === 'string' && URL.canParse(issuer) ? new URL(issuer) : null
  const plain = url !== null && url.search + url.hash + url.username + url.password === ''
  if (!plain) {
    return refuse('issuer', 'is not an issuer URL', 'an https URL without query, as the provider publishes it')
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return refuse('issuer', 'is not https', 'https (http only on a loopback host such as localhost)')
  }
  if (versionOne.test(issuer))
    refuse('issuer', 'is of FranceConnect v1, another protocol', 'the option "environment", or an address in /api/v2')
  const bare = issuer.replace(/\/+$/, '')
  if (bare !== issuer && platformAt(bare) !== null)
    refuse('issuer', 'ends with a slash, and FranceConnect names itself without it', `'${bare}'`)
  const platform = platformAt(issuer)
  if (platform !== null && platform !== platformOf(acrValues))
    return refuse('acrValues', 'is not a level that this issuer gives', levelsOf[platform])
  return issuer
}

const versionOne = /^https:\/\/[^/]*franceconnect[^/]*\/api\/v1(\/|$)/

const levelsOf = { franceconnect: 'eidas1', 'franceconnect-plus': 'eidas2 or eidas3' }

/** FranceConnect's own platform behind an issuer. */
function platformAt(issuer: string | undefined): Platform | null {
  const found = Object.entries(issuers).find(([, hosts]) => Object.values(hosts).includes(String(issuer)))
  return (found?.[0] as Platform | undefined) ?? null
}

export function checkScope(value: unknown): readonly string[] {
  if (value === undefined) return identityScopes
  const scopes = scopesOf(value)
  if (scopes === null) {
    return refuse(
      'scope',
      'is not a list of scopes',
      "scopes separated by spaces, or an array of them, 'openid' among them"
    )
  }
  if (scopes.some((scope) => scope.includes(','))) {
    refuse('scope', 'holds a comma', "scopes separated by spaces, such as 'openid given_name', or an array of them")
  }
  if (!scopes.includes('openid')) refuse('scope', "lacks 'openid'", "'openid' among the scopes")
  return [...new Set(scopes)]
}

export function checkAlgorithm(
  options: FranceConnectOptions,
  acrValues: AcrValues
): Settings['idTokenSignedResponseAlg'] {
  const alg = options.idTokenSignedResponseAlg ?? 'ES256'
  if (alg !== 'ES256' && alg !== 'RS256') {
    return refuse('idTokenSignedResponseAlg', 'is not an algorithm that FranceConnect registers', "'ES256' or 'RS256'")
  }
  if (alg === 'RS256' && options.environment !== undefined && acrValues !== 'eidas1') {
    return refuse('idTokenSignedResponseAlg', 'is refused by FranceConnect+', "'ES256' with eidas2 and eidas3")
  }
  return alg
}

export function checkDecryptionKeys(options: FranceConnectOptions, acrValues: AcrValues): Settings['decryptionKeys'] {
  const keys = options.decryptionKeys
  const expected = 'an array of private JWKs (RSA of 2048 bits or more, or EC P-256), the newest first'
  if (keys === undefined) {
    const plus = platformAt(options.issuer) === 'franceconnect-plus'
    if (plus || (options.environment !== undefined && acrValues !== 'eidas1')) {
      refuse('decryptionKeys', 'is missing: FranceConnect+ encrypts all that it answers', expected)
    }
    return []
  }
  if (!Array.isArray(keys) || keys.length === 0) refuse('decryptionKeys', 'is not a list of keys', expected)
  for (const [index, key] of keys.entries()) {
    const problem = decryptionKeyProblem(key)
    if (problem !== null) refuse(`decryptionKeys[${index}]`, problem, expected)
  }
  return keys
}
