import { platformsChecker } from '../check-token.ts'
import { register } from '../credentials.ts'
import type { DataProviderContext } from '../data-provider-context.ts'
import { dossierOf } from '../dossiers/dossier-of.ts'
import { type Answer, type Call, json } from '../exchange.ts'
import { mask } from '../mask.ts'
import type { DataProvider } from '../provider.ts'
import { answerCache } from './answer-cache.ts'
import { authenticate } from './authentication.ts'
import { withChoice } from './chosen.ts'
import { errorAnswer, mediaType, platform } from './errors.ts'
import { failureOf, partialAnswer } from './failure.ts'
import { inProgress } from './in-progress.ts'
import { quotas } from './quotas.ts'
import { recipientError } from './recipient.ts'
import { requestIdOf } from './request-id.ts'
import { type Question, type Resource, scopesOf, usableScopes } from './resource.ts'
import { resources } from './resources.ts'
import type { ApiParticulierSettings } from './settings.ts'

/** API Particulier (DINUM): one protocol in front of CNAF, MSA, MESR, CNOUS, DSNJ, GIP-MDS and ANTS. */
export function apiParticulier(context: DataProviderContext, settings: ApiParticulierSettings = {}): DataProvider {
  const scopes = [...new Set(resources.flatMap(scopesOf))]
  const credentials = register('api-particulier', 'API Particulier', scopes)
  const checkToken = platformsChecker(context, credentials)
  const count = quotas(context.now, settings.limitPerAddress ?? false)
  const lock = inProgress()
  const cached = answerCache(context.now)
  const codes = settings.errorCodes ?? '5150x'

  async function answer(resource: Resource, call: Call, pause: () => Promise<void>): Promise<Answer> {
    const token = await authenticate(call, checkToken, codes)
    if ('error' in token) return errorAnswer(token.error)
    const { identity, scope } = token
    if (!usableScopes(resource).some((usable) => scope.includes(usable))) return errorAnswer(platform.forbidden)

    const release = lock(call.path, call.query)
    if (!release) return errorAnswer(platform.inProgress)
    try {
      const today = new Date(context.now())
      const citizen = context.citizenOf(identity)
      const question: Question = { query: call.query, today, citizen, codes }
      const refused = recipientError(call.query) ?? resource.refuse?.(question)
      if (refused) return errorAnswer(refused)
      await pause()
      const chosen = context.chosen?.(resource.api, citizen, Object.fromEntries(call.query))
      const find = () => withChoice(resource, question, resource.find(dossierOf(citizen, today), question), chosen)
      const { finding, headers } = cached(resource, identity, call, find, context.choices?.() ?? 0)
      if ('error' in finding) return withHeaders(errorAnswer(finding.error), headers)
      const data = mask(finding.data, resource.fields, scope)
      return withHeaders(json(200, { data, links: {}, meta: finding.meta ?? {} }, mediaType), headers)
    } finally {
      release()
    }
  }

  const at = (path: string) => resources.find((resource) => resource.path === path)

  return {
    name: 'apiParticulier',
    basePath: '/api-particulier',
    client: credentials.client,
    apis: resources.map(({ api }) => api),
    apiOf: (path) => at(path)?.api,
    fieldsOf: (path) => at(path)?.fields,
    failure: (fault, call) => {
      const failed = failureOf(fault, at(call.path)?.prefix, codes, context.now())
      return withHeaders(failed, { 'X-Request-Id': requestIdOf(call) })
    },

    async answer(call, pause) {
      const resource = at(call.path)
      const requestId = { 'X-Request-Id': requestIdOf(call) }
      if (!resource || call.method !== 'GET') return withHeaders(unknownRoute(call), requestId)
      const { allowed, headers } = count(call)
      const answered = allowed ? await answer(resource, call, pause) : errorAnswer(platform.tooMany)
      return withHeaders(answered, { ...headers, ...requestId })
    },

    partial: (found, path) => partialAnswer(found, at(path)?.prefix ?? '35')
  }
}

function withHeaders(answer: Answer, headers: Record<string, string>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

/** A known data set under a version that it does not have, or no data set at all. */
function unknownRoute(call: Call): Answer {
  const unversioned = (path: string) => path.replace(/^\/v\d+\//, '/')
  const known = resources.some(({ path }) => path !== call.path && unversioned(path) === unversioned(call.path))
  if (known && call.method === 'GET') return errorAnswer(platform.version)
  return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'Not Found' }
}
