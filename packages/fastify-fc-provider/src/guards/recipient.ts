import { isSiret } from 'franceconnect-protocol/siret'
import { failure } from '../errors.ts'

/**
 * The parameter `recipient` of a query: once, and a SIRET. Read from the URL itself: a schema of the route may drop what
 * it does not name. Throws `FST_FC_PROVIDER_RECIPIENT_INVALID`.
 */
export function readRecipient(url: string): string {
  const start = url.indexOf('?')
  const found = start === -1 ? [] : new URLSearchParams(url.slice(start)).getAll('recipient')
  const [recipient] = found
  if (found.length === 1 && isSiret(recipient)) return recipient
  const problem = found.length === 0 ? 'is missing' : found.length > 1 ? 'is repeated' : 'is not a SIRET'
  throw failure('FST_FC_PROVIDER_RECIPIENT_INVALID', `The query parameter recipient ${problem}`)
}
