import type { FcDataMeta } from '../apis/registry.ts'
import { fcDataError } from '../errors.ts'
import type { EnabledApi } from '../options/enabled-api.ts'
import { caseOf } from './api-particulier-codes.ts'
import type { GoodData } from './data.ts'
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

/** A good answer, read, for one caller: its `meta` is theirs to complete. */
export interface Reading {
  data: unknown
  meta: FcDataMeta
}

function metaOf({ name }: EnabledApi, answer: Answer, envelope: object): FcDataMeta {
  const { receivedAt, correlationId, requestId } = answer
  const meta = { api: name, receivedAt: new Date(receivedAt), correlationId, held: false, envelope: { ...envelope } }
  return requestId === undefined ? meta : Object.assign(meta, { requestId })
}

/** Nothing on this citizen: `data` is `null`, with the reason that the provider gives or its status. */
function nothing(api: EnabledApi, answer: Answer, body: unknown): Reading {
  const [given] = cleanErrors(errorsOf(api.provider, body))
  const reason = given ?? { code: String(answer.status) }
  const meaning = api.nothing(reason.code)
  const meta = metaOf(api, answer, {})
  meta.reason = meaning ? { ...reason, meaning } : reason
  return { data: null, meta }
}

function something(api: EnabledApi, answer: Answer, body: unknown, envelope: object, found: GoodData): Reading {
  const meta = metaOf(api, answer, envelope)
  if (found.leftOut.length > 0) meta.leftOut = found.leftOut
  if (answer.status === 206) {
    meta.partial = true
    const errors = cleanErrors(errorsOf(api.provider, body)).filter(({ code }) => caseOf(code) === 'partial')
    if (errors[0]) meta.reason = errors[0]
  }
  return { data: found.data, meta }
}

/** The reading of an answer, or in one word why it has none. */
function read(api: EnabledApi, answer: Answer): Reading | string {
  const { status, text } = answer
  const body = parseJson(text)
  if (status >= 300) return nothing(api, answer, body)
  const unwrapped = body === undefined ? null : dataOf(api.provider, body)
  const found = unwrapped && api.read(unwrapped.data)
  if (found && !('wrong' in found)) return something(api, answer, body, unwrapped.meta ?? {}, found)
  if (saysNothing(api.provider, status, body)) return nothing(api, answer, body)
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
