import { error, type Finding, info, warning } from './finding.ts'
import type { Settings } from './settings.ts'

/** Oldest Node.js that the package runs on. */
const oldest: readonly [number, number] = [20, 19]

/** Where sessions live, and what runs the service. */
export function examineRuntime({ franceConnect: options, fcData, production }: Settings, node: string): Finding[] {
  const found: Finding[] = []
  const [major = 0, minor = 0] = node.split('.').map(Number)
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    const message = `Node.js ${node} est trop ancien.`
    found.push(error('node-version', { message, fix: `Installez Node.js ${oldest.join('.')} ou plus récent.` }))
  }
  const session = options['session'] as { store?: unknown } | undefined
  if (production && session?.store === undefined) {
    const message =
      'Aucun session.store : les sessions restent en mémoire, perdues au redémarrage et inconnues d’une autre instance.'
    const fix =
      'Donnez un store (Redis : guide « sessions et instances »), sauf si votre application enregistre déjà @fastify/session.'
    found.push(warning('session-memory', { option: 'session.store', message, fix }))
  }
  if (production && fcData !== undefined && fcData['hold'] !== false && fcData['store'] === undefined) {
    const message = 'Les données reçues sont gardées en mémoire : une autre instance devra les redemander.'
    found.push(info('hold-memory', { option: 'fcData.store', message }))
  }
  const landing = options['postLogoutReturnTo'] ?? '/'
  const message = `Après une déconnexion, le citoyen arrive sur « ${String(landing)} » : cette page doit s’ouvrir sans connexion, sinon il se retrouve chez FranceConnect.`
  found.push(info('logout-landing', { option: 'postLogoutReturnTo', message }))
  return found
}
