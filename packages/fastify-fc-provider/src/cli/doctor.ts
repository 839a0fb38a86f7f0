import { createDecrypt } from 'franceconnect-protocol/decryption'
import { createDiscovery } from 'franceconnect-protocol/discovery'
import { createHttp, type Http } from 'franceconnect-protocol/http'
import { createKeys } from 'franceconnect-protocol/keys'
import { isLoopback } from 'franceconnect-protocol/platforms'
import { randomText } from 'franceconnect-protocol/random'
import { createSignatureCheck } from 'franceconnect-protocol/signature'
import { createAsk } from '../check-token/exchange.ts'
import type { Settings } from '../options/options.ts'
import { error, type Finding, ok, warning } from './finding.ts'
import { examineKeyRoute } from './key-route.ts'
import type { Described } from './settings.ts'
import { jwksUriOf } from './sheet.ts'

/** Looks at the settings, at the key route as FranceConnect sees it, and asks FranceConnect about a token that is none. */
export async function examine(described: Described, settings: Settings, offline: boolean): Promise<Finding[]> {
  const found = [...examineSecret(settings), ...examineAddress(described, settings)]
  if (offline) return found
  const http = createHttp({ timeout: settings.timeout, dispatcher: settings.dispatcher })
  try {
    const jwksUri = jwksUriOf(described, settings)
    if (jwksUri !== null) found.push(...(await examineKeyRoute(http, jwksUri, settings)))
    found.push(...(await askAbout(http, settings)))
    return found
  } finally {
    await http.close()
  }
}

function examineSecret({ clientSecret }: Settings): Finding[] {
  if (clientSecret.length >= 32) return []
  return [warning('secret-short', 'clientSecret a moins de 32 caractères : FranceConnect en donne de plus longs.')]
}

function examineAddress(described: Described, settings: Settings): Finding[] {
  const jwksUri = jwksUriOf(described, settings)
  if (jwksUri === null) {
    return [
      error('base-url-missing', 'L’adresse publique du serveur n’est pas donnée.', '--base-url https://api.ville.fr')
    ]
  }
  const { protocol, hostname } = new URL(jwksUri)
  const real = !settings.issuer.startsWith('http:')
  if (isLoopback(hostname)) {
    const message = 'L’adresse des clés est sur cette machine : FranceConnect ne peut pas la lire.'
    return real ? [error('base-url-local', message, 'Donnez l’adresse publique : --base-url https://…')] : []
  }
  return protocol === 'https:' ? [] : [error('base-url-http', 'L’adresse des clés n’est pas en https.')]
}

/**
 * One checktoken with a random token: it is inactive, so that it shows in nobody's history, and its answer proves the
 * secret, the key that FranceConnect read, the signature and the clock together.
 */
async function askAbout(http: Http, settings: Settings): Promise<Finding[]> {
  const keys = createKeys(
    settings.signedResponseAlg,
    createDiscovery(settings.issuer, http, { required: ['jwks_uri'] }),
    http
  )
  const decrypt = createDecrypt(settings.decryptionKeys, [settings.encryptedResponseAlg])
  const signature = createSignatureCheck(settings.signedResponseAlg, keys)
  const outcome = await createAsk(settings, { http, keys, decrypt, signature })(randomText(32, 'base64url'))
  if ('introspection' in outcome) return [error('check-token-active', 'Un jeton tiré au sort est dit actif.')]
  const { code, message } = outcome
  if (code === 'FST_FC_PROVIDER_TOKEN_INVALID') {
    return [ok('check-token', 'FranceConnect accepte le secret, lit la clé, et sa réponse est déchiffrée et vérifiée.')]
  }
  if (code === 'FST_FC_PROVIDER_CREDENTIALS_FAILED') {
    return /clientSecret/.test(message)
      ? [
          error(
            'secret-refused',
            'FranceConnect refuse clientId ou clientSecret.',
            'Sont-ils ceux de cette plateforme ?'
          )
        ]
      : [
          error(
            'key-mismatch',
            'FranceConnect chiffre pour une autre clé que decryptionKeys.',
            'Un cache, ou une autre jwks_uri ?'
          )
        ]
  }
  if (/answered 500/.test(message)) {
    const fix = 'La route des clés est-elle joignable d’Internet, avec use "enc" et alg déclaré à FranceConnect ?'
    return [error('check-token-500', 'FranceConnect répond 500 à checktoken : il ne lit pas la clé.', fix)]
  }
  if (code === 'FST_FC_PROVIDER_UNAVAILABLE') {
    const fix = 'Adresse, proxy de sortie (option dispatcher), pare-feu ; le bac à sable est-il lancé ?'
    return [error('issuer-unreachable', `${settings.issuer} ne répond pas à checktoken.`, fix)]
  }
  const fix = `signedResponseAlg et encryptedResponseAlg sont-ils ceux déclarés ? L’horloge est-elle à l’heure ? (${message})`
  return [error('check-token-invalid', 'La réponse de checktoken n’est pas acceptable.', fix)]
}
