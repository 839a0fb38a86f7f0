import { isDeepStrictEqual } from 'node:util'
import { publicKeys } from 'franceconnect-protocol/decryption-keys'
import type { Http, HttpAnswer } from 'franceconnect-protocol/http'
import type { Settings } from '../options/options.ts'
import { error, type Finding, ok, warning } from './finding.ts'

type Jwk = Record<string, unknown>

/** FranceConnect waits six seconds for the keys, at each access. */
const slow = 2000
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** Reads the key route from outside, as FranceConnect does, and looks for the key that it would take. */
export async function examineKeyRoute(http: Http, url: string, settings: Settings): Promise<Finding[]> {
  const started = performance.now()
  const answer = await http
    .exchange({ method: 'GET', url, headers: { accept: 'application/json' }, redirect: 'answer' })
    .catch(() => null)
  const took = Math.round(performance.now() - started)
  if (answer === null) {
    return [error('key-route-unreachable', `${url} ne répond pas.`, 'Serveur lancé ? Pare-feu, DNS, TLS, proxy ?')]
  }
  if (answer.status !== 200) {
    const fix = 'La route est publique : ni connexion, ni redirection, ni filtrage devant elle.'
    return [error('key-route-status', `${url} répond ${answer.status} au lieu de 200.`, fix)]
  }
  const keys = keysOf(answer.text)
  if (keys === null) return [error('key-route-unreadable', `${url} ne sert pas une liste de clés (JWK Set).`)]
  const found = [...examineKeys(keys, settings), ...examineCache(answer)]
  if (took > slow) {
    const message = `La route des clés a mis ${took} ms à répondre.`
    found.push(
      warning('key-route-slow', message, 'FranceConnect la lit à chaque accès et attend au plus six secondes.')
    )
  }
  return found
}

function keysOf(text: string): Jwk[] | null {
  try {
    const { keys } = JSON.parse(text) as { keys: unknown }
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'object' && key !== null) : null
  } catch {
    return null
  }
}

/** FranceConnect takes the first key whose `use` and `alg` are the registered ones. */
function examineKeys(keys: Jwk[], { decryptionKeys, encryptedResponseAlg: alg }: Settings): Finding[] {
  if (keys.some((key) => secretMembers.some((member) => member in key))) {
    const message = 'La route des clés sert une clé PRIVÉE : n’importe qui peut lire les réponses de FranceConnect.'
    return [error('key-route-private', message, 'Retirez-la, changez de clé, et prévenez votre responsable sécurité.')]
  }
  const taken = keys.find((key) => key['use'] === 'enc' && key['alg'] === alg)
  if (taken === undefined) {
    const message = `Aucune clé servie n’a use "enc" et alg "${alg}" : FranceConnect répondrait 500.`
    return [error('key-route-no-key', message, 'L’adresse mène-t-elle bien à ce serveur, et à ces réglages ?')]
  }
  const own = publicKeys(decryptionKeys, alg).keys.map((key) => key as Jwk)
  const same = (key: Jwk) =>
    ['kty', 'crv', 'x', 'y', 'n', 'e'].every((name) => isDeepStrictEqual(key[name], taken[name]))
  if (own.some(same))
    return [ok('key-route', `La clé que FranceConnect prendra est servie, et decryptionKeys l’ouvre.`)]
  const message = 'La clé que FranceConnect prendra n’est pas de decryptionKeys : ses réponses ne s’ouvriraient pas.'
  return [error('key-route-foreign', message, 'Le serveur public a-t-il les mêmes réglages que ceux lus ici ?')]
}

function examineCache({ headers }: HttpAnswer): Finding[] {
  const age = Number(headers['age'] ?? 0)
  const control = String(headers['cache-control'] ?? '')
  if (age === 0 && /no-store/.test(control)) return []
  const message = 'Un cache est devant la route des clés : un changement de clé ne serait pas vu tout de suite.'
  return [warning('key-route-cached', message, 'Laissez passer Cache-Control: no-store tel quel.')]
}
