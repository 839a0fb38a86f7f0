import type { EnabledApi } from './enabled-api.ts'
import { fcDataError } from './errors.ts'
import { parseJson } from './json.ts'
import { cleanErrors, dataOf, errorsOf } from './provider-errors.ts'

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

/** A good answer, read. */
export interface Reading {
  data: unknown
  meta: Record<string, unknown>
}

/** Reads an answer kept as good. Throws `FST_FC_DATA_INVALID_RESPONSE` when it is not what the API answers. */
export function readAnswer(api: EnabledApi, answer: Answer): Reading {
  const body = parseJson(answer.text)
  if (answer.status >= 300) {
    const [reason] = cleanErrors(errorsOf(api.provider, body))
    return { data: null, meta: reason ? { reason } : {} }
  }
  const read = body === undefined ? null : dataOf(api.provider, body)
  if (read && api.accepts(read)) return { data: read.data, meta: read.meta ?? {} }
  const why = body === undefined ? 'not JSON' : read ? `not the data of "${api.name}"` : 'without its envelope'
  throw fcDataError('FST_FC_DATA_INVALID_RESPONSE', `${api.provider.name} answered something unexpected: ${why}`, {
    api: api.name,
    provider: api.provider.name,
    providerStatusCode: answer.status,
    correlationId: answer.correlationId
  })
}
