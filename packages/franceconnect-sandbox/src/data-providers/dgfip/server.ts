import { platformsChecker } from '../check-token.ts'
import { register } from '../credentials.ts'
import type { DataProviderContext } from '../data-provider-context.ts'
import { dossierOf } from '../dossiers/dossier-of.ts'
import { type Answer, type Call, headerOf, json } from '../exchange.ts'
import { mask } from '../mask.ts'
import { type NoFileStatus, noFile } from '../no-file.ts'
import { errorOf, plainFailure } from '../plain-failure.ts'
import type { DataProvider } from '../provider.ts'
import { dgfipError, gatewayRefusal, nothing } from './errors.ts'
import { dgfipAccount, gatewayTokens } from './gateway-token.ts'
import { published } from './notices.ts'
import { type DgfipResource, resources } from './resources.ts'
import { scopes } from './scopes.ts'
import { type Age, ageOf, anyYear, opens } from './years.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Headers and shape of a call; undefined when they are as the DGFiP wants them. */
function malformed(call: Call, accept: string): Answer | undefined {
  if (!uuid.test(headerOf(call, 'x-correlation-id') ?? '')) {
    return dgfipError('4001', "l'en-tête X-Correlation-ID doit être un UUID")
  }
  if (headerOf(call, 'x-franceconnect-oauth') === undefined) {
    return dgfipError('4001', "l'en-tête X-FranceConnect-OAuth est absent")
  }
  const service = headerOf(call, 'id_teleservice')
  if (service !== undefined && service !== dgfipAccount.idTeleservice)
    return dgfipError('4031', 'ID_Teleservice inconnu')
  const accepted = (headerOf(call, 'accept') ?? '*/*').split(',').map((media) => media.split(';')[0]?.trim())
  if (accepted.some((media) => media === '*/*' || media === 'application/*' || media === accept)) return undefined
  return json(406, { erreur: `Cette ressource se demande par Accept: ${accept}` })
}

/** The income year to answer with: the one in the path, or the latest of two that the scopes open. */
function yearOf(
  path: string,
  resource: DgfipResource,
  granted: string[],
  today: Date,
  file: Parameters<typeof opens>[2]
) {
  const asked = resource.path.exec(path)?.[1]
  if (asked !== undefined) return ageOf(asked, today)
  const open = ([1, 2] as Age[]).filter((age) => opens(granted, age, file))
  return open.find((age) => file?.annees[age] !== undefined) ?? open[0]
}

/** API Impôt Particulier (DGFiP): its own OAuth token in Authorization, FranceConnect's in X-FranceConnect-OAuth. */
export function dgfip(context: DataProviderContext, status: NoFileStatus = 410): DataProvider {
  const credentials = register('dgfip', 'DGFiP — API Impôt Particulier', scopes, 'RS256')
  const checkToken = platformsChecker(context, credentials)
  const tokens = gatewayTokens(context.now, [...new Set(resources.map(({ gatewayScope }) => gatewayScope))])
  const resourceOf = (path: string) => resources.find((resource) => resource.path.test(path))

  async function answer(call: Call, pause: () => Promise<void>): Promise<Answer> {
    if (call.path === '/token') {
      await pause()
      return tokens.issue(call)
    }
    const resource = resourceOf(call.path)
    if (!resource || call.method !== 'GET') return json(404, { erreur: 'Ressource inconnue' })
    const verdict = tokens.judge(call, resource.gatewayScope)
    if (verdict === 'unknown') return gatewayRefusal()
    if (verdict === 'other-scope') return dgfipError('4031', `le jeton DGFiP n'a pas le scope ${resource.gatewayScope}`)
    const wrong = malformed(call, resource.accept)
    if (wrong) return wrong
    const today = new Date(context.now())
    const asked = resource.path.exec(call.path)?.[1]
    if (asked !== undefined && !/^(19|20)\d{2}$/.test(asked))
      return dgfipError('4001', 'annrev est une année sur 4 chiffres')

    const introspection = await checkToken(headerOf(call, 'x-franceconnect-oauth') ?? '')
    if (!introspection.active) {
      const { failure } = introspection
      const refused = failure === undefined || failure === 'malformed'
      return refused ? dgfipError('4031', 'jeton FranceConnect inconnu ou expiré') : dgfipError('5000')
    }
    await pause()
    const granted = introspection.scope
    const file = published(dossierOf(context.citizenOf(introspection.identity), today)?.fiscal, today)
    const age = yearOf(call.path, resource, granted, today, file)
    const useful = resource.fields.some(
      ([, ...needed]) => needed.length > 0 && needed.every((name) => granted.includes(name))
    )
    if (!useful || !anyYear(granted) || age === undefined || !opens(granted, age, file)) return dgfipError('4031')
    const year = today.getUTCFullYear() - age
    const usual = file && resource.body(file, age, year)
    const citizen = context.citizenOf(introspection.identity)
    const chosen = context.chosen?.(resource.api, citizen, { ...Object.fromEntries(call.query), annrev: `${year}` })
    if (chosen && 'status' in chosen && chosen.status !== 404) return plainFailure(errorOf(chosen.status), 'erreur')
    const body = chosen ? 'over' in chosen && chosen.over(usual ?? {}) : usual
    if (body) return json(200, mask(body, resource.fields, granted), resource.accept)
    return noFile(status, status === 410 ? nothing : { erreur: nothing.erreur })
  }

  return {
    name: 'dgfip',
    basePath: '/dgfip',
    client: credentials.client,
    apis: resources.map(({ api }) => api),
    fieldsOf: (path) => resourceOf(path)?.fields,
    apiOf: (path) => (path === '/token' ? 'dgfip/token' : resourceOf(path)?.api),
    failure: (fault) => plainFailure(fault, 'erreur'),
    answer
  }
}
