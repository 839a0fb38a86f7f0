import { errors } from '../errors.ts'
import type { DataProviderClient } from './data-provider.ts'

const algorithms = {
  checktokenSignedResponseAlg: ['ES256', 'RS256'],
  checktokenEncryptedResponseAlg: ['ECDH-ES', 'RSA-OAEP', 'RSA-OAEP-256'],
  checktokenEncryptedResponseEnc: ['A256GCM']
}

const scopeName = /^[\x21\x23-\x5b\x5d-\x7e]+$/

function checkScopes(scopes: unknown, refuse: (sentence: string) => Error): void {
  const expected = 'scopes must be an object of labels by scope name, or a list of names'
  if (typeof scopes !== 'object' || scopes === null) throw refuse(expected)
  const names = Array.isArray(scopes) ? scopes : Object.keys(scopes)
  for (const name of names) {
    if (typeof name !== 'string' || !scopeName.test(name)) throw refuse(`scopes: ${name} is not the name of one scope`)
  }
  if (Array.isArray(scopes)) return
  for (const [name, label] of Object.entries(scopes)) {
    if (typeof label !== 'string' || label === '')
      throw refuse(`scopes.${name} must be its label, a sentence in French`)
  }
}

/**
 * Checks the data providers of one's own as FranceConnect checks what it registers.
 *
 * @throws FST_FC_SANDBOX_INVALID_OPTIONS naming the member and what is expected, never a secret.
 */
export function checkDataProviders(providers: DataProviderClient[] | undefined): void {
  if (providers === undefined) return
  if (!Array.isArray(providers)) throw new errors.invalidOptions('dataProviders must be a list')
  providers.forEach(checkDataProvider)
  if (new Set(providers.map(({ clientId }) => clientId)).size !== providers.length) {
    throw new errors.invalidOptions('dataProviders must have different clientId')
  }
}

function checkDataProvider(provider: DataProviderClient, index: number): void {
  const name = `dataProviders[${index}]`
  const refuse = (sentence: string) => new errors.invalidOptions(`${name}.${sentence}`)
  if (typeof provider !== 'object' || provider === null) throw new errors.invalidOptions(`${name} must be an object`)
  const { clientId, clientSecret, title, scopes, jwks, jwksUri } = provider
  if (typeof clientId !== 'string' || clientId === '') throw refuse('clientId must be a non-empty string')
  if (typeof clientSecret !== 'string' || clientSecret.length < 32) {
    throw refuse('clientSecret must be a string of at least 32 characters')
  }
  if (title !== undefined && (typeof title !== 'string' || title === '')) throw refuse('title must be a string')
  checkScopes(scopes, refuse)
  if ((jwksUri === undefined) === (jwks === undefined)) throw refuse('jwksUri, or jwks, must be given: one of the two')
  if (jwksUri !== undefined && !isAddress(jwksUri)) throw refuse('jwksUri must be an http or https URL')
  if (jwks !== undefined && !Array.isArray(jwks?.keys)) throw refuse('jwks must be { keys: [...] }')
  for (const [member, known] of Object.entries(algorithms)) {
    const given = provider[member as keyof typeof algorithms]
    if (given !== undefined && !known.includes(given)) throw refuse(`${member} is ${known.join(' or ')}`)
  }
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}
