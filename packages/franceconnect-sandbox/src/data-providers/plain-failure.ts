import type { Fault } from '../levers/faults.ts'
import { type Answer, json } from './exchange.ts'

const statuses = { 'rate-limit': 429, maintenance: 503, 'gateway-timeout': 504 } as const

/** The fault that answers this status. */
export const errorOf = (status: number): Fault => ({ kind: 'error', status })

/** A fault of the providers whose own errors are not public: the HTTP status, one sentence, `Retry-After` if any. */
export function plainFailure({ kind, status, retryAfter }: Fault, member: 'message' | 'erreur'): Answer {
  const code = kind in statuses ? statuses[kind as keyof typeof statuses] : (status ?? 500)
  const answer = json(code, { [member]: 'Service momentanément indisponible' })
  if (retryAfter === undefined) return answer
  return { ...answer, headers: { ...answer.headers, 'retry-after': `${retryAfter}` } }
}
