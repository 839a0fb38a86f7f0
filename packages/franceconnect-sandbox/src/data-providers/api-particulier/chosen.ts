import type { ChosenData } from '../../levers/chosen-data.ts'
import { providerError, unprocessable } from './errors.ts'
import type { Finding, Question, Resource } from './resource.ts'

/** The resource's own 404, or its 422 where it has one, else the platform's. */
function errorOf(resource: Resource, question: Question, status: number): Finding {
  const unknown = status === 404 && resource.find(undefined, question)
  if (unknown && 'error' in unknown) return unknown
  if (status !== 422) return { error: { ...providerError(resource.prefix, '000'), status } }
  const refused = resource.find({ identiteRefusee: 'civilité' }, question)
  if ('error' in refused && refused.error.status === 422) return refused
  const detail = 'Un ou plusieurs paramètres de civilité ne sont pas correctement formatés'
  return { error: unprocessable('00366', detail) }
}

/** What was found of a citizen once the choice of a test or of the page is laid over it. */
export function withChoice(resource: Resource, question: Question, found: Finding, chosen?: ChosenData): Finding {
  if (!chosen) return found
  if ('status' in chosen) return errorOf(resource, question, chosen.status)
  const usual = 'data' in found ? found : { data: {} }
  return { ...usual, data: chosen.over(usual.data) }
}
