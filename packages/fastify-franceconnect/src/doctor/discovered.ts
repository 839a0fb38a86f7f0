import type { Discovery } from 'franceconnect-protocol/discovery'
import { createKeys, type SigningAlgorithm } from 'franceconnect-protocol/keys'
import type { Transport } from '../protocol/transport.ts'
import type { DataScopes } from './data-scopes.ts'
import { error, type Finding, warning } from './finding.ts'
import type { Metadata } from './reach.ts'
import { askedScopes } from './scopes.ts'
import type { Settings } from './settings.ts'

const listed = (value: unknown): readonly unknown[] | null => (Array.isArray(value) ? value : null)

/** What FranceConnect says of itself, against what the settings ask: level, algorithms, encryption, scopes, keys. */
export async function examineDiscovered(
  { transport, discovery }: { transport: Transport; discovery: Discovery },
  settings: Settings,
  metadata: Metadata,
  data: DataScopes | null
): Promise<Finding[]> {
  return [
    ...examineLevels(settings, metadata),
    ...examineAlgorithms(settings, metadata),
    ...examineEncryption(settings, metadata),
    ...servedScopes(settings, metadata, data),
    ...(await examineKeys(transport, discovery, settings))
  ]
}

/** The checks of the plugin itself: a document whose endpoints are elsewhere would be sent the client's secret. */
export async function refusedDocument(discovery: Discovery): Promise<Finding | null> {
  try {
    await discovery.metadata()
    return null
  } catch (cause) {
    const endpoint = /: (\w+) is not a URL/.exec((cause as Error).message)?.[1]
    const message = endpoint
      ? `Le document de découverte place ${endpoint} hors de l’origine de issuer : la connexion sera refusée, et clientSecret n’y est pas envoyé.`
      : 'Le document de découverte ne peut pas servir : la connexion sera refusée.'
    return error('discovery-refused', { option: 'issuer', message, fix: 'Vérifiez qui répond à cette adresse.' })
  }
}

function examineLevels({ franceConnect }: Settings, { acr_values_supported }: Metadata): Finding[] {
  const option = 'acrValues'
  const { acrValues = 'eidas1' } = franceConnect
  const levels = listed(acr_values_supported)
  if (levels === null || levels.length === 0 || levels.includes(acrValues)) return []
  const given = levels.filter((level) => typeof level === 'string').join(', ')
  const message = `Cette plateforme donne ${given} et non ${String(acrValues)} : toute connexion reviendrait en invalid_acr.`
  return [
    error('acr-not-served', { option, message, fix: `acrValues: '${String(levels[0])}', ou l’autre plateforme.` })
  ]
}

function examineAlgorithms({ franceConnect }: Settings, metadata: Metadata): Finding[] {
  const option = 'idTokenSignedResponseAlg'
  const { idTokenSignedResponseAlg: alg = 'ES256' } = franceConnect
  const lists = [metadata.id_token_signing_alg_values_supported, metadata.userinfo_signing_alg_values_supported]
  const lacking = lists.map(listed).find((list) => list !== null && !list.includes(alg))
  if (!lacking) return []
  const message = `Cette plateforme signe en ${lacking.join(', ')}, jamais en ${String(alg)} : chaque réponse serait refusée.`
  return [error('algorithm-not-served', { option, message, fix: 'Donnez l’algorithme enregistré pour ce service.' })]
}

/** FranceConnect+ encrypts all that it answers, and says so. */
function examineEncryption({ franceConnect }: Settings, metadata: Metadata): Finding[] {
  const option = 'decryptionKeys'
  const encrypts = [
    metadata.id_token_encryption_alg_values_supported,
    metadata.userinfo_encryption_alg_values_supported
  ]
  if (!encrypts.some((list) => (listed(list)?.length ?? 0) > 0) || franceConnect[option] !== undefined) return []
  const message =
    'Cette plateforme chiffre ses réponses et aucune clé de déchiffrement n’est donnée : chaque connexion finirait en 502.'
  return [
    error('decryption-keys-needed', { option, message, fix: 'Donnez decryptionKeys : voir le guide FranceConnect+.' })
  ]
}

function servedScopes(settings: Settings, { scopes_supported: served }: Metadata, data: DataScopes | null): Finding[] {
  if (!Array.isArray(served)) return []
  const absent = askedScopes(settings, data).filter((scope) => !served.includes(scope))
  if (absent.length === 0) return []
  const message = `FranceConnect ne connaît pas aujourd’hui : ${absent.join(', ')}. Il ignorera ces scopes sans un mot.`
  return [warning('scope-not-served', { option: 'scope', message, fix: 'Corrigez-les, ou retirez-les.' })]
}

/** A key set without a key for the algorithm expected cannot verify anything. */
async function examineKeys(
  transport: Transport,
  discovery: Discovery,
  { franceConnect }: Settings
): Promise<Finding[]> {
  const alg = (franceConnect['idTokenSignedResponseAlg'] ?? 'ES256') as SigningAlgorithm
  if (alg !== 'ES256' && alg !== 'RS256') return []
  const option = 'idTokenSignedResponseAlg'
  const set = await createKeys(alg, discovery, transport.http)
    .current()
    .catch(() => null)
  if (set === null) {
    const message =
      'Les clés publiques de FranceConnect (jwks_uri) ne peuvent pas être lues : aucune réponse ne serait vérifiée.'
    return [error('keys-unreadable', { option: 'issuer', message })]
  }
  if (set.keys.length > 0) return []
  const message = `FranceConnect ne publie aucune clé pour ${alg} : chaque réponse serait refusée.`
  return [error('algorithm-no-key', { option, message, fix: 'Donnez l’algorithme enregistré pour ce service.' })]
}
