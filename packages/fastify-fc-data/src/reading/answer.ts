import type { FcDataMeta } from '../apis/registry.ts'
import { fcDataError } from '../errors.ts'
import type { EnabledApi } from '../options/enabled-api.ts'
import { caseOf } from './api-particulier-codes.ts'
import { parseJson } from './json.ts'
import { cleanErrors, dataOf, errorsOf, saysNothing } from './provider-errors.ts'

/** What a provider answered, as text: each caller reads a copy of their own from it. */
export interface Answer {
  status: number
  text: string
  /** Milliseconds since the epoch. */
  receivedAt: number
  correlationId: string
  /** The provider's own id of the request. */
  requestId?: string | undefined
}

/** What reading adds to the `meta` of a result. */
export type ReadMeta = Pick<FcDataMeta, 'leftOut' | 'partial' | 'reason' | 'envelope'>

/** A good answer, read. */
export interface Reading {
  data: unknown
  meta: ReadMeta
}

/** Nothing on this citizen: `data` is `null`, with the reason that the provider gives or its status. */
function nothing(api: EnabledApi, status: number, body: unknown): Reading {
  const [given] = cleanErrors(errorsOf(api.provider, body))
  const reason = given ?? { code: String(status) }
  const meaning = api.nothing(reason.code)
  return { data: null, meta: { reason: meaning ? { ...reason, meaning } : reason, envelope: {} } }
}

function metaOf(
  api: EnabledApi,
  status: number,
  body: unknown,
  envelope: object,
  leftOut: readonly string[]
): ReadMeta {
  const meta: ReadMeta = { envelope: { ...envelope } }
  if (leftOut.length > 0) meta.leftOut = leftOut
  if (status !== 206) return meta
  const errors = cleanErrors(errorsOf(api.provider, body)).filter(({ code }) => caseOf(code) === 'partial')
  return { ...meta, partial: true, ...(errors[0] ? { reason: errors[0] } : {}) }
}

/** The reading of an answer, or in one word why it has none. */
function read(api: EnabledApi, { status, text }: Answer): Reading | string {
  const body = parseJson(text)
  if (status >= 300) return nothing(api, status, body)
  const unwrapped = body === undefined ? null : dataOf(api.provider, body)
  const found = unwrapped && api.read(unwrapped.data)
  if (found && !('wrong' in found))
    return { data: found.data, meta: metaOf(api, status, body, unwrapped.meta ?? {}, found.leftOut) }
  if (saysNothing(api.provider, status, body)) return nothing(api, status, body)
  if (found) return `not the data of "${api.name}": ${found.wrong}`
  if (body !== undefined) return 'without its envelope'
  return text === '' ? `${status} without a body` : 'not JSON'
}

/** Reads an answer kept as good. Throws `FST_FC_DATA_INVALID_RESPONSE` when it is not what the API answers. */
export function readAnswer(api: EnabledApi, answer: Answer): Reading {
  const reading = read(api, answer)
  if (typeof reading !== 'string') return reading
  throw fcDataError('FST_FC_DATA_INVALID_RESPONSE', `${api.provider.name} answered something unexpected: ${reading}`, {
    api: api.name,
    provider: api.provider.name,
    providerStatusCode: answer.status,
    correlationId: answer.correlationId
  })
}

/** Reads an answer that was held, maybe by another version of this server; `null` when it cannot be read any more. */
export function readHeld(api: EnabledApi, answer: Answer): Reading | null {
  const reading = read(api, answer)
  return typeof reading === 'string' ? null : reading
}
