import { createHash } from 'node:crypto'
import type { DataProviderContext } from '../../data-provider-context.ts'
import { CheckTokenError, type PivotIdentity, tokenChecker } from '../check-token.ts'
import { register } from '../credentials.ts'
import { dossierOf } from '../dossiers/dossier-of.ts'
import { type Answer, type Call, headerOf, json } from '../exchange.ts'
import { mask } from '../mask.ts'
import type { DataProvider } from '../provider.ts'
import { answerCache } from './answer-cache.ts'
import {
  type ApiError,
  type ErrorCodes,
  errorAnswer,
  mediaType,
  platform,
  providerError,
  tokenError
} from './errors.ts'
import { failureOf } from './failure.ts'
import { inProgress } from './in-progress.ts'
import { recipientError } from './recipient.ts'
import { type Question, usableScopes } from './resource.ts'
import { resources } from './resources.ts'
import { rateLimitHeaders, throttle } from './throttle.ts'

/** What of API Particulier is not the same in all its versions. */
export interface ApiParticulierSettings {
  /** `'5150x'` by default. */
  errorCodes?: ErrorCodes
}

/** Twenty calls per second and token, over all of API Particulier. */
const perToken = { limit: 20, period: 1 }

/** API Particulier (DINUM): one protocol in front of CNAF, MSA, MESR, CNOUS, DSNJ, GIP-MDS and ANTS. */
export function apiParticulier(context: DataProviderContext, settings: ApiParticulierSettings = {}): DataProvider {
  const scopes = [...new Set(resources.flatMap(({ fields }) => fields.flatMap(([, ...needed]) => needed)))]
  const credentials = register('api-particulier', 'API Particulier', scopes)
  const checkToken = tokenChecker(context.issuer, credentials)
  const hit = throttle(context.now)
  const lock = inProgress()
  const cache = answerCache(context.now)
  const codes = settings.errorCodes ?? '5150x'

  async function authenticated(
    call: Call
  ): Promise<{ error: ApiError } | { identity: PivotIdentity; scope: string[] }> {
    const token = /^Bearer (.+)$/.exec(headerOf(call, 'authorization') ?? '')?.[1]
    if (!token || /^[^.]+\.[^.]+\.[^.]+$/.test(token)) return { error: tokenError(codes, '04') }
    if (!/^[\w-]+$/.test(token)) return { error: tokenError(codes, '01') }
    try {
      const introspection = await checkToken(token)
      return introspection.active ? introspection : { error: tokenError(codes, '02') }
    } catch (error) {
      if (!(error instanceof CheckTokenError)) throw error
      if (error.reason === 'malformed') return { error: tokenError(codes, '01') }
      const subcode = { unreachable: '001', timeout: '002', unreadable: '999' } as const
      return { error: providerError('51', subcode[error.reason]) }
    }
  }

  async function answer(call: Call, pause: () => Promise<void>): Promise<Answer> {
    const resource = resources.find(({ path }) => path === call.path)
    if (!resource || call.method !== 'GET') return unknownRoute(call)
    const token = await authenticated(call)
    if ('error' in token) return errorAnswer(token.error)
    const { identity, scope } = token
    const granted = scope.filter((scope) => usableScopes(resource).includes(scope))
    if (granted.length === 0) return errorAnswer(platform.forbidden)

    const release = lock(call.path, call.query)
    if (!release) return errorAnswer(platform.inProgress)
    try {
      const question: Question = {
        query: call.query,
        today: new Date(context.now()),
        identity,
        codes
      }
      const refused = recipientError(call.query) ?? resource.refuse?.(question)
      if (refused) return errorAnswer(refused)
      await pause()
      const dossier = dossierOf(context.citizenOf(identity), question.today)
      const { finding, headers } = cache(resource, identity, call, () => resource.find(dossier, question))
      if ('error' in finding) return withHeaders(errorAnswer(finding.error), headers)
      const data = mask(finding.data, resource.fields, scope)
      return withHeaders(json(200, { data, links: {}, meta: finding.meta ?? {} }, mediaType), headers)
    } finally {
      release()
    }
  }

  return {
    name: 'apiParticulier',
    basePath: '/api-particulier',
    client: credentials.client,
    apiOf: (path) => resources.find((resource) => resource.path === path)?.api,
    failure: (fault, api) =>
      failureOf(fault, resources.find((resource) => resource.api === api)?.prefix, context.now()),

    async answer(call, pause) {
      const caller = headerOf(call, 'authorization') ?? call.address
      const standing = hit(createHash('sha256').update(caller).digest('hex'), perToken)
      const limits = rateLimitHeaders(standing)
      if (standing.allowed) return withHeaders(await answer(call, pause), limits)
      const wait = Math.max(1, standing.reset - Math.floor(context.now() / 1000))
      return errorAnswer({ ...platform.tooMany, headers: { ...limits, 'Retry-After': `${wait}` } })
    }
  }
}

function withHeaders(answer: Answer, headers: Record<string, string>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

/** A known data set under a version that it does not have, or no data set at all. */
function unknownRoute(call: Call): Answer {
  const unversioned = call.path.replace(/^\/v\d+\//, '/')
  const known = resources.some(({ path }) => path.replace(/^\/v\d+\//, '/') === unversioned && path !== call.path)
  if (known && call.method === 'GET') return errorAnswer(platform.version)
  return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'Not Found' }
}
