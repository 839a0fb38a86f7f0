import { bearerOf } from '../bearer.ts'
import { platformsChecker } from '../check-token.ts'
import { register } from '../credentials.ts'
import type { DataProviderContext } from '../data-provider-context.ts'
import { dossierOf } from '../dossiers/dossier-of.ts'
import { type Answer, type Call, json } from '../exchange.ts'
import { type NoFileStatus, noFile } from '../no-file.ts'
import { errorOf, plainFailure } from '../plain-failure.ts'
import type { DataProvider } from '../provider.ts'
import { resources } from './resources.ts'

/** France Travail: the FranceConnect token as Bearer is the only credential; answers are not to be stored. */
export function franceTravail(context: DataProviderContext, status: NoFileStatus = 404): DataProvider {
  const scopes = resources.map(({ scope }) => scope)
  const credentials = register('france-travail', 'France Travail', scopes)
  const checkToken = platformsChecker(context, credentials)
  const at = (path: string) => resources.find((resource) => resource.path === path)

  async function answer(call: Call, pause: () => Promise<void>): Promise<Answer> {
    const resource = at(call.path)
    if (!resource || call.method !== 'GET') return json(404, { message: 'Ressource inconnue' })
    const token = await bearerOf(call, checkToken)
    if ('refusal' in token) return token.refusal
    if (!token.scope.includes(resource.scope)) return json(403, { message: 'Scope insuffisant' })
    await pause()
    const today = new Date(context.now())
    const citizen = context.citizenOf(token.identity)
    const chosen = context.chosen?.(resource.api, citizen, Object.fromEntries(call.query))
    if (chosen && 'status' in chosen && chosen.status !== 404) return plainFailure(errorOf(chosen.status), 'message')
    const usual = citizen && resource.body(dossierOf(citizen, today)?.emploi, citizen, today)
    const body = chosen ? ('over' in chosen ? chosen.over(usual ?? {}) : undefined) : usual
    if (body === undefined) return noFile(status, { message: 'Aucune inscription à ce nom' })
    const found = json(200, body)
    return { ...found, headers: { ...found.headers, 'cache-control': 'no-store' } }
  }

  return {
    name: 'franceTravail',
    basePath: '/france-travail',
    client: credentials.client,
    apis: resources.map(({ api }) => api),
    apiOf: (path) => at(path)?.api,
    fieldsOf: (path) => at(path) && [['*', at(path)!.scope]],
    failure: (fault) => plainFailure(fault, 'message'),
    answer
  }
}
