import type { JSONWebKeySet, JWK } from 'jose'
import type { RegisteredDataProvider } from './data-provider.ts'

/** Milliseconds that FranceConnect waits for a key set. */
const patience = 6000

async function fetched(jwksUri: string): Promise<JSONWebKeySet> {
  const response = await fetch(jwksUri, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(patience)
  }).catch(() => {
    throw new Error(`${jwksUri} ne répond pas`)
  })
  if (!response.ok) throw new Error(`${jwksUri} a répondu ${response.status}`)
  return response.json().catch(() => {
    throw new Error(`${jwksUri} n’a pas répondu du JSON`)
  }) as Promise<JSONWebKeySet>
}

/**
 * The key that seals an answer of `checktoken`: the first one whose `use` and `alg` are the registered ones, read now
 * from `jwksUri`.
 *
 * @throws Error, in French for the window, when the keys cannot be read or none is of that use and algorithm: an error 500 of `checktoken`.
 */
export async function encryptionKeyOf({ keys, encryptedResponseAlg }: RegisteredDataProvider): Promise<JWK> {
  const set = keys.jwksUri === undefined ? keys.jwks : await fetched(keys.jwksUri)
  const key = set?.keys?.find?.(({ use, alg }) => use === 'enc' && alg === encryptedResponseAlg)
  if (!key) throw new Error(`aucune clé n’a use « enc » et alg « ${encryptedResponseAlg} »`)
  return key
}
