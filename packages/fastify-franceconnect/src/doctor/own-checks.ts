import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isFailure } from '../errors.ts'
import { checkOptions } from '../options/check.ts'
import type { FranceConnectOptions } from '../options/options.ts'
import { error, type Finding } from './finding.ts'
import type { ScopesByApi } from './scopes.ts'
import type { Settings } from './settings.ts'

interface Application {
  register(plugin: unknown, options: unknown): Application
  ready(): Promise<unknown>
  close(): Promise<unknown>
}

/** Imports a package as the project in `folder` would; `null` when it has none. */
async function installed(name: string, folder: string): Promise<Record<string, unknown> | null> {
  try {
    const file = createRequire(join(folder, 'package.json')).resolve(name)
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>
  } catch {
    return null
  }
}

/** Scopes of the catalogue of the installed fastify-fc-data; empty when the project has none. */
export async function installedCatalogue(folder: string): Promise<ScopesByApi> {
  const catalogue = (await installed('fastify-fc-data', folder))?.['catalogue'] ?? {}
  const entries = Object.entries(catalogue as Record<string, { scopes?: readonly string[] }>)
  return new Map(entries.map(([name, entry]) => [name, entry.scopes ?? []]))
}

/** What the plugin itself refuses at boot, where nothing said it already in French. */
export function examineOptions({ franceConnect }: Settings, said: readonly Finding[]): Finding[] {
  try {
    checkOptions(franceConnect as unknown as FranceConnectOptions, '')
    return []
  } catch (cause) {
    if (!isFailure(cause)) return []
    const option = /option "(\w+)/.exec(cause.message)?.[1]
    if (said.some((finding) => finding.level === 'error' && finding.option?.startsWith(option ?? ''))) return []
    return [
      error('options-refused', { option, message: `fastify-franceconnect refusera de démarrer. ${cause.message}` })
    ]
  }
}

/** Boots both plugins of the project in `folder`, without listening: what fastify-fc-data refuses is told. */
export async function examineData({ franceConnect, fcData }: Settings, folder: string): Promise<Finding[]> {
  if (fcData === undefined) return []
  const [fastify, login, data] = await Promise.all(
    ['fastify', 'fastify-franceconnect', 'fastify-fc-data'].map((name) => installed(name, folder))
  )
  if (!fastify || !login || !data) {
    const message = 'fastify, fastify-franceconnect et fastify-fc-data ne sont pas tous installés dans ce dossier.'
    return [error('packages-missing', { message, fix: 'npm install fastify fastify-franceconnect fastify-fc-data' })]
  }
  const app = (fastify['default'] as () => Application)()
  try {
    await app.register(login['default'], franceConnect).register(data['default'], fcData).ready()
    return []
  } catch (cause) {
    const { code, message } = cause as { code?: string; message?: string }
    if (code === 'FST_FC_INVALID_OPTIONS') return []
    const told = code?.startsWith('FST_FC_DATA_') ? String(message) : `${code ?? 'une erreur'} au démarrage.`
    return [
      error('data-options-refused', { option: 'fcData', message: `fastify-fc-data refusera de démarrer. ${told}` })
    ]
  } finally {
    await app.close().catch(() => {})
  }
}
