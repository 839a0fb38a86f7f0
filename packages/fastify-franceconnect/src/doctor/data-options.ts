import { nearest } from 'franceconnect-protocol/nearest'
import { dataProblem } from './data-french.ts'
import { error, type Finding } from './finding.ts'

/** What fastify-fc-data refuses at boot, in French; a sentence of a later version follows as it is. */
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
  const missing = /^providers\.(\w+)$/.exec(option)?.[1]
  if (missing !== undefined && /^is required/.test(problem))
    return say(`les réglages du fournisseur ${missing} manquent : une de ses API est dans apis.`)
  const french = dataProblem(problem)
  const about =
    api === null ? `l’option ${option || 'donnée'}` : `« ${api} » (${option.replace(/^apis\[\d+\]\.?/, '') || 'apis'})`
  if (french) return say(`${about} ${french.problem}.`, french.fix)
  return say(`${about} n’est pas acceptée.`, `Le détail, en anglais : ${message.slice(0, 300)}`)
}

function nameOf(api: unknown): string {
  return typeof api === 'string' ? api : String((api as { name?: unknown } | null)?.name ?? '?')
}
