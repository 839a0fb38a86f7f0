import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { dataRefusal } from './data-options.ts'
import type { DataScopes } from './data-scopes.ts'
import { error, type Finding } from './finding.ts'
import { refusedOptions } from './refused-options.ts'
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

/** What the installed fastify-fc-data says of scopes; `null` when the project has none, or an older one. */
export async function installedData(folder: string): Promise<DataScopes | null> {
  const { askedScopes: asked, scopeNotices: notices } = (await installed('fastify-fc-data', folder)) ?? {}
  return typeof asked === 'function' && typeof notices === 'function' ? ({ asked, notices } as DataScopes) : null
}

/** What the plugin itself refuses at boot, all of it, where nothing said it already. */
export function examineOptions({ franceConnect }: Settings, said: readonly Finding[]): Finding[] {
  const told = (name: string) =>
    said.some(({ level, option }) => level === 'error' && option !== undefined && option.startsWith(name))
  return refusedOptions(franceConnect)
    .refusals.filter(({ option }) => !told(option.split(/[.[]/)[0]!))
    .map(({ option, message, fix }) =>
      error('options-refused', {
        option,
        message: `fastify-franceconnect refusera de démarrer : ${message}`,
        ...(fix ? { fix } : {})
      })
    )
}

/**
 * Boots both plugins of the project in `folder`, without listening: what fastify-fc-data refuses is told, for each API,
 * whatever the options of the login are.
 */
export async function examineData({ franceConnect, fcData }: Settings, folder: string): Promise<Finding[]> {
  if (fcData === undefined) return []
  const packages = ['fastify', 'fastify-franceconnect', 'fastify-fc-data']
  const [fastify, login, data] = await Promise.all(packages.map((name) => installed(name, folder)))
  if (!fastify || !login || !data) {
    const message = 'fastify, fastify-franceconnect et fastify-fc-data ne sont pas tous installés dans ce dossier.'
    return [error('packages-missing', { message, fix: 'npm install fastify fastify-franceconnect fastify-fc-data' })]
  }
  const { mended } = refusedOptions(franceConnect)
  async function refusal(options: Readonly<Record<string, unknown>>): Promise<unknown> {
    const app = (fastify!['default'] as () => Application)()
    try {
      await app.register(login!['default'], mended).register(data!['default'], options).ready()
      return null
    } catch (cause) {
      return cause
    } finally {
      await app.close().catch(() => {})
    }
  }
  const names = Object.keys((data['catalogue'] ?? {}) as object)
  const apis: unknown[] = Array.isArray(fcData['apis']) ? fcData['apis'] : []
  const found = new Map<string, Finding>()
  // one at a time: the plugin stops at the first that it refuses
  for (const options of [fcData, ...apis.map((api) => ({ ...fcData, apis: [api], prefetch: [] }))]) {
    const cause = await refusal(options)
    const finding = cause === null ? null : dataRefusal(cause, options['apis'], names)
    if (finding !== null && !found.has(finding.message)) found.set(finding.message, finding)
  }
  return [...found.values()]
}
