import { bearerOf } from '../bearer.ts'
import { platformsChecker } from '../check-token.ts'
import { register } from '../credentials.ts'
import type { DataProviderContext } from '../data-provider-context.ts'
import { dossierOf } from '../dossiers/dossier-of.ts'
import { type Answer, type Call, headerOf, json } from '../exchange.ts'
import { type NoFileStatus, noFile } from '../no-file.ts'
import { errorOf, plainFailure } from '../plain-failure.ts'
import type { DataProvider } from '../provider.ts'
import { periodOf } from './period.ts'
import { covered, resources } from './resources.ts'

/** What CNAM would give with its convention. */
export const cnamApiKey = 'bac-a-sable-cle-cnam'

const everyday = 'droits_assurance_maladie'

/** Scopes of CNAM at FranceConnect; the last belongs to an API whose address is not public. */
const scopes = [...new Set([everyday, ...resources.flatMap((resource) => resource.scopes), 'cnam_paiements_ij'])]

/** "Droits des bénéficiaires" (CNAM): the FranceConnect token as Bearer, and a key in X-API-Key. */
export function cnam(context: DataProviderContext, status: NoFileStatus = 404): DataProvider {
  const credentials = register('cnam', 'CNAM — droits des bénéficiaires', scopes)
  const checkToken = platformsChecker(context, credentials)
  const at = (path: string) => resources.find((resource) => resource.path === path)

  async function answer(call: Call, pause: () => Promise<void>): Promise<Answer> {
    const resource = at(call.path)
    if (!resource || call.method !== 'GET') return json(404, { message: 'Ressource inconnue' })
    if (headerOf(call, 'x-api-key') !== cnamApiKey) return json(401, { message: 'Clé X-API-Key absente ou inconnue' })
    const token = await bearerOf(call, checkToken)
    if ('refusal' in token) return token.refusal
    const finer = resource.scopes.length === 0 || resource.scopes.some((scope) => token.scope.includes(scope))
    if (!token.scope.includes(everyday) || !finer) return json(403, { message: 'Scope insuffisant' })

    const today = new Date(context.now())
    const period = periodOf(call.query, today)
    if (!period) return json(400, { message: 'Période invalide' })
    const asked = headerOf(call, 'nir')
    if (resource.aboutSomebody && !asked) return json(400, { message: "L'en-tête nir est obligatoire" })
    await pause()
    const citizen = context.citizenOf(token.identity)
    const chosen = context.chosen?.(resource.api, citizen, Object.fromEntries(call.query))
    if (chosen && 'status' in chosen && chosen.status !== 404) return plainFailure(errorOf(chosen.status), 'message')
    const file = dossierOf(citizen, today)?.assurance
    if (chosen && 'over' in chosen && !file) return json(200, chosen.over({}))
    if (!citizen || !file) return noFile(status, { message: 'Assuré inconnu' })
    const people = covered(file, citizen)
    const person = resource.aboutSomebody ? people.find(({ nir }) => nir === asked) : people[0]
    if (!person) return json(403, { message: "Ce bénéficiaire n'est pas rattaché à l'assuré" })
    const usual = resource.body(file, person, period)
    const body = chosen ? ('over' in chosen ? chosen.over(usual ?? {}) : undefined) : usual
    return body === undefined ? noFile(status, { message: 'Aucune donnée' }) : json(200, body)
  }

  return {
    name: 'cnam',
    basePath: '/cnam',
    client: credentials.client,
    apis: resources.map(({ api }) => api),
    apiOf: (path) => at(path)?.api,
    fieldsOf: (path) => at(path) && [['*', everyday, ...(at(path)?.scopes.slice(0, 1) ?? [])]],
    failure: (fault) => plainFailure(fault, 'message'),
    answer
  }
}
