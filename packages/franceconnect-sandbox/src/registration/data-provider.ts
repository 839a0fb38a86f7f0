import type { JSONWebKeySet } from 'jose'

/**
 * A data provider as FranceConnect registers it for `checktoken`: an API of one's own that answers about a citizen when
 * called with the access token of a service.
 */
export interface DataProviderClient {
  /** Name on the information page; the client id when left out. */
  title?: string
  /** The `client_id` that it sends to `checktoken`. */
  clientId: string
  /** The `client_secret` that it sends to `checktoken`; at least 32 characters, as FranceConnect wants. */
  clientSecret: string
  /**
   * Its scopes, each with the label that the information page shows: `{ ville_solde: 'Solde de la cantine' }`. A list of
   * names has no labels. They become known to FranceConnect: the built-in client is granted them all, a client of
   * `clients` those of its own `scopes`; `checktoken` shows this provider the ones that were asked among them.
   */
  scopes: string[] | Record<string, string>
  /**
   * Where its public encryption keys are. Fetched at each `checktoken` within 6 seconds and never kept, as FranceConnect
   * does: the first key whose `use` is `enc` and whose `alg` is `checktokenEncryptedResponseAlg` is taken, whatever its
   * `kid`. None, or no answer, and `checktoken` is an error 500.
   */
  jwksUri?: string
  /** The keys themselves instead of `jwksUri`, for tests without a server. */
  jwks?: JSONWebKeySet
  /** Algorithm of FranceConnect's signature; `ES256` when left out. */
  checktokenSignedResponseAlg?: 'ES256' | 'RS256'
  /** Algorithm that encrypts the key of the answer; `ECDH-ES` when left out. */
  checktokenEncryptedResponseAlg?: 'ECDH-ES' | 'RSA-OAEP' | 'RSA-OAEP-256'
  /** Algorithm that encrypts the answer; FranceConnect has this one only. */
  checktokenEncryptedResponseEnc?: 'A256GCM'
  /** FranceConnect's own name for it, which nothing here shows. */
  uid?: string
}

/** A data provider of the sandbox's own, which leaves nothing to a default. */
export interface BuiltInDataProvider extends DataProviderClient {
  scopes: string[]
  jwks: JSONWebKeySet
  checktokenSignedResponseAlg: 'ES256' | 'RS256'
  checktokenEncryptedResponseAlg: 'ECDH-ES' | 'RSA-OAEP' | 'RSA-OAEP-256'
}

/** A registration once read: nothing is left out. */
export interface RegisteredDataProvider {
  title: string
  clientId: string
  clientSecret: string
  scopes: string[]
  /** Label by scope, for those that have one. */
  labels: Record<string, string>
  keys: Pick<DataProviderClient, 'jwks' | 'jwksUri'>
  signedResponseAlg: 'ES256' | 'RS256'
  encryptedResponseAlg: 'ECDH-ES' | 'RSA-OAEP' | 'RSA-OAEP-256'
  encryptedResponseEnc: 'A256GCM'
}

/** Registers a data provider. */
export function registered(client: DataProviderClient): RegisteredDataProvider {
  const { clientId, clientSecret, scopes, jwks, jwksUri } = client
  const labels = Array.isArray(scopes) ? {} : { ...scopes }
  return {
    title: client.title ?? clientId,
    clientId,
    clientSecret,
    scopes: Array.isArray(scopes) ? scopes : Object.keys(scopes),
    labels,
    keys: { ...(jwksUri !== undefined && { jwksUri }), ...(jwks !== undefined && { jwks }) },
    signedResponseAlg: client.checktokenSignedResponseAlg ?? 'ES256',
    encryptedResponseAlg: client.checktokenEncryptedResponseAlg ?? 'ECDH-ES',
    encryptedResponseEnc: client.checktokenEncryptedResponseEnc ?? 'A256GCM'
  }
}

/** What the information page says of the scopes of these data providers: the label and whose data it is. */
export function labelsOf(providers: RegisteredDataProvider[]): Record<string, string> {
  const entries = providers.flatMap(({ labels, title }) =>
    Object.entries(labels).map(([scope, label]) => [scope, `${label} (${title})`])
  )
  return Object.fromEntries(entries)
}
