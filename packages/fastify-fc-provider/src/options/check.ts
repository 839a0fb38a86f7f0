import type { FastifyInstance } from 'fastify'
import { decryptionKeyProblem, keyEncryptionAlgorithms, type PrivateJwk } from 'franceconnect-protocol/decryption-keys'
import * as values from 'franceconnect-protocol/option-values'
import { issuers } from 'franceconnect-protocol/platforms'
import { failure } from '../errors.ts'
import type { FcProviderOptions, Settings } from './options.ts'

const names = [
  ...['environment', 'issuer', 'clientId', 'clientSecret', 'decryptionKeys', 'routes', 'signedResponseAlg'],
  ...['encryptedResponseAlg', 'scopes', 'consumers', 'recipient', 'timeout', 'clockTolerance', 'cache', 'onAccess'],
  ...['onError', 'dispatcher']
]

export const defaultJwksPath = '/franceconnect/data-provider/jwks'

/** What Fastify's `register` takes beside the plugin's own options. */
const ofRegister = ['prefix', 'logLevel', 'logSerializers']

/** Runs what may refuse an option. Throws `FST_FC_PROVIDER_INVALID_OPTIONS`. */
export function checked<T>(check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof values.OptionProblem) {
      throw failure('FST_FC_PROVIDER_INVALID_OPTIONS', `fastify-fc-provider: ${error.message}`)
    }
    throw error
  }
}

/** Refuses a second registration in one context. Throws `FST_FC_PROVIDER_INVALID_OPTIONS`. */
export function checkContext(app: FastifyInstance): void {
  if (!app.hasDecorator('fcProvider')) return
  const message =
    'fastify-fc-provider: the plugin is registered twice in one context; two API with clients of their own are two encapsulated contexts, each with its own "routes".'
  throw failure('FST_FC_PROVIDER_INVALID_OPTIONS', message)
}

/** Checks the options and completes them. Throws `FST_FC_PROVIDER_INVALID_OPTIONS` on the first mistake. */
export function checkOptions(given: FcProviderOptions): Settings {
  return checked(() => {
    const options = values.known(given, [...names, ...ofRegister]) as unknown as FcProviderOptions
    const algorithm = options.encryptedResponseAlg
    const encryptedResponseAlg = values.oneOf(algorithm, 'encryptedResponseAlg', 'ECDH-ES', keyEncryptionAlgorithms)
    return {
      issuer: issuerOf(options),
      clientId: values.text(options.clientId, 'clientId', 'the client id that FranceConnect gave'),
      clientSecret: values.text(options.clientSecret, 'clientSecret', 'the client secret that FranceConnect gave'),
      decryptionKeys: keysOf(options.decryptionKeys, encryptedResponseAlg),
      jwksPath: routeOf(options.routes),
      signedResponseAlg: values.oneOf(options.signedResponseAlg, 'signedResponseAlg', 'ES256', ['ES256', 'RS256']),
      encryptedResponseAlg,
      scopes: scopesOf(options.scopes),
      consumers: consumersOf(options.consumers),
      recipient: recipientOf(options.recipient),
      timeout: values.whole(options.timeout, 'timeout', 5000, 1, 60_000, 'milliseconds'),
      clockTolerance: values.whole(options.clockTolerance, 'clockTolerance', 10, 0, 300, 'seconds'),
      cache: values.whole(options.cache, 'cache', 0, 0, 3600, 'seconds'),
      onAccess: values.callable(options.onAccess, 'onAccess'),
      onError: values.callable(options.onError, 'onError'),
      dispatcher: values.dispatches(options.dispatcher, 'dispatcher')
    }
  })
}

function issuerOf({ environment, issuer }: FcProviderOptions): string {
  if (environment !== undefined && issuer !== undefined) {
    values.refuse('issuer', 'is given together with "environment"', 'only one of the two')
  }
  if (issuer !== undefined) {
    return values.address(issuer, 'issuer', 'an https URL without query, as FranceConnect publishes it')
  }
  const expected = "'integration' or 'production' (or the option \"issuer\")"
  if (environment === undefined) return values.refuse('environment', 'is missing', expected)
  const known = environment === 'integration' || environment === 'production'
  if (!known) return values.refuse('environment', 'is not an environment of FranceConnect', expected)
  return issuers.franceconnect[environment]
}

function keysOf(keys: unknown, algorithm: Settings['encryptedResponseAlg']): readonly PrivateJwk[] {
  const kind = algorithm === 'ECDH-ES' ? 'EC P-256' : 'RSA of 2048 bits or more'
  const expected = `an array of private JWKs (${kind}, for ${algorithm}), the newest first`
  if (keys === undefined) return values.refuse('decryptionKeys', 'is missing', expected)
  if (!Array.isArray(keys) || keys.length === 0) {
    return values.refuse('decryptionKeys', 'is not a list of keys', expected)
  }
  for (const [index, key] of keys.entries()) {
    const problem = decryptionKeyProblem(key, algorithm)
    if (problem !== null) values.refuse(`decryptionKeys[${index}]`, problem, expected)
  }
  return keys
}

function routeOf(routes: unknown): string {
  if (routes === undefined) return defaultJwksPath
  return values.path(values.known(routes, ['jwks'], 'routes')['jwks'], 'routes.jwks', defaultJwksPath)
}

function scopesOf(scopes: unknown): ReadonlyMap<string, string> {
  const expected = "an object of labels by scope, such as { ville_solde: 'Solde de la cantine' }"
  if (typeof scopes !== 'object' || scopes === null || Array.isArray(scopes)) {
    return values.refuse('scopes', scopes === undefined ? 'is missing' : 'is not an object', expected)
  }
  const entries = Object.entries(scopes)
  if (entries.length === 0) values.refuse('scopes', 'is empty', expected)
  for (const [name, label] of entries) {
    if (!values.isScope(name)) values.refuse('scopes', 'has a name that is not a scope', 'names without spaces')
    values.text(label, `scopes.${name}`, 'the label that citizens read, in French')
  }
  return new Map(entries)
}

function consumersOf(consumers: unknown): Settings['consumers'] {
  if (consumers === undefined) return null
  const expected = 'names by client id, or a list of client ids; leave it out to admit every service'
  if (typeof consumers !== 'object' || consumers === null) {
    return values.refuse('consumers', 'is not an object', expected)
  }
  const entries: [unknown, unknown][] = Array.isArray(consumers)
    ? consumers.map((clientId) => [clientId, null])
    : Object.entries(consumers)
  if (entries.length === 0) values.refuse('consumers', 'is empty: nobody would be admitted', expected)
  for (const [clientId, name] of entries) {
    values.text(clientId, 'consumers', expected)
    if (name !== null) values.text(name, 'consumers', expected)
  }
  return new Map(entries as [string, string | null][])
}

function recipientOf(recipient: unknown): 'siret' | null {
  if (recipient === undefined) return null
  return recipient === 'siret' ? recipient : values.refuse('recipient', 'is unknown', "'siret', or leave it out")
}
