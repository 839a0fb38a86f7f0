import { nearest } from '../options/nearest.ts'
import { error, type Finding } from './finding.ts'

/** What fastify-fc-data refuses at boot, in French; its own sentence follows where it says more. */
export function dataRefusal(cause: unknown, apis: unknown, known: readonly string[]): Finding | null {
  const { code, message = '' } = cause as { code?: string; message?: string }
  if (code === 'FST_FC_INVALID_OPTIONS') return null
  const say = (text: string, fix?: string) =>
    error('data-options-refused', {
      option: 'fcData',
      message: `fastify-fc-data refusera de démarrer : ${text}`,
      ...(fix ? { fix } : {})
    })
  if (!code?.startsWith('FST_FC_DATA_')) return say(`${code ?? 'une erreur'} au démarrage.`)
  const [, option = '', problem = message] = /option "([^"]+)" (.+)$/s.exec(message) ?? []
  const index = /^apis\[(\d+)\]/.exec(option)?.[1]
  const api = index === undefined ? null : nameOf((apis as unknown[])[Number(index)])
  if (/not an API of the catalogue/.test(problem)) {
    const meant = api === null ? null : nearest(api, known)
    return say(`« ${api} » n’est pas une API du catalogue.`, meant ? `Vouliez-vous écrire ${meant} ?` : undefined)
  }
  const provider = /^providers\.(\w+)$/.exec(option)?.[1]
  if (provider !== undefined && !/unknown/.test(problem))
    return say(`les réglages du fournisseur ${provider} manquent ou sont incomplets.`, detail(message))
  const about =
    api === null ? `l’option ${option || 'donnée'}` : `« ${api} » (${option.replace(/^apis\[\d+\]\.?/, '') || 'apis'})`
  return say(`${about} ${/is unknown/.test(problem) ? 'est inconnue' : 'n’est pas acceptée'}.`, detail(message))
}

const detail = (message: string): string => `Le détail, en anglais : ${message.slice(0, 300)}`

function nameOf(api: unknown): string {
  return typeof api === 'string' ? api : String((api as { name?: unknown } | null)?.name ?? '?')
}
