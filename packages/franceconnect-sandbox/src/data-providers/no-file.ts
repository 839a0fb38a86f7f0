import { type Answer, json } from './exchange.ts'

const statuses = [204, 403, 404, 410] as const

/** What a provider may answer about somebody on whom it holds nothing. */
export type NoFileStatus = (typeof statuses)[number]

/**
 * The status of "nothing on this person", by provider. No public specification says it: the default ones are guesses
 * (the DGFiP documents 410 for another resource), and their answers carry the header `X-Sandbox-Guess`.
 */
export interface NoFileSettings {
  /** 410 when left out. */
  dgfip?: NoFileStatus
  /** 404 when left out. */
  cnam?: NoFileStatus
  /** 404 when left out. */
  franceTravail?: NoFileStatus
}

/** Whether a value is one of the statuses. */
export const isNoFileStatus = (value: unknown): value is NoFileStatus => statuses.some((status) => status === value)

/** The answer about somebody on whom a provider holds nothing, marked as a guess. */
export function noFile(status: NoFileStatus, body: Record<string, unknown>): Answer {
  const answer = status === 204 ? { status, headers: {}, body: '' } : json(status, body)
  return { ...answer, headers: { ...answer.headers, 'x-sandbox-guess': 'no public specification says this answer' } }
}
