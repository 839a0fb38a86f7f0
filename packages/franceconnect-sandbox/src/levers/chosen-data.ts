import type { Citizen } from '../citizens/citizen.ts'
import { errors } from '../errors.ts'

/** What an API answers about a citizen, chosen by a test or on the page. */
export type ChosenAnswer =
  /** Laid over what the citizen's file gives: members of objects one by one, at any depth; lists and `null` replace. */
  | Record<string, unknown>
  /** Replaces an answer that is a list. */
  | unknown[]
  /** The provider's own error of that status: 404 when there is nothing, 422 when the identity is refused. */
  | number
  /** By the parameters of the call: one month has a quotient and another has none. `undefined`: as usual. */
  | ((parameters: Record<string, string>) => Record<string, unknown> | unknown[] | number | undefined)

/** A choice as a data provider applies it, before it masks by scope. */
export type ChosenData = { status: number } | { over(usual: unknown): Record<string, unknown> }

/** One choice, as the page lists it. */
export interface Choice {
  api: string
  citizenId: string
  answer: ChosenAnswer
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value laid over another: objects member by member, anything else in its place. */
export function laidOver(usual: unknown, chosen: unknown): unknown {
  if (!isPlain(usual) || !isPlain(chosen)) return chosen
  const members = Object.entries(chosen).map(([name, value]) => [name, laidOver(usual[name], value)])
  return { ...usual, ...Object.fromEntries(members) }
}

const isErrorStatus = (value: number) => Number.isInteger(value) && value >= 400 && value <= 599

function checkAnswer(answer: unknown): void {
  if (typeof answer === 'function') return
  if (typeof answer === 'number' ? isErrorStatus(answer) : typeof answer === 'object' && answer !== null) return
  throw new errors.invalidOptions(
    'answer takes an object laid over the usual answer, a list, a status from 400 to 599, or a function of the parameters that returns one of these'
  )
}

/** The answers chosen, by API and citizen. */
export interface ChosenAnswers {
  /** @throws FST_FC_SANDBOX_INVALID_OPTIONS naming the APIs when that one does not exist. */
  set(api: string, citizenId: string, answer: ChosenAnswer | undefined): void
  of(api: string, citizen: Citizen | undefined, parameters: Record<string, string>): ChosenData | undefined
  all(): Choice[]
  /** Changes with each choice: what was kept of an answer before it is out of date. */
  readonly revision: number
}

/** Keeps what tests and the page choose; `apis` are the names that exist. */
export function createChosenAnswers(apis: () => readonly string[]): ChosenAnswers {
  const choices = new Map<string, Choice>()
  const key = (api: string, citizenId: string) => JSON.stringify([api, citizenId])
  let revision = 0

  return {
    get revision() {
      return revision
    },
    set(api, citizenId, answer) {
      if (!apis().includes(api)) {
        throw new errors.invalidOptions(`no API is called ${api}; the names are ${apis().join(', ')}`)
      }
      revision += 1
      if (answer === undefined) {
        choices.delete(key(api, citizenId))
        return
      }
      checkAnswer(answer)
      choices.set(key(api, citizenId), { api, citizenId, answer })
    },
    of(api, citizen, parameters) {
      const chosen = citizen && choices.get(key(api, citizen.id))?.answer
      const answer = typeof chosen === 'function' ? chosen(parameters) : chosen
      if (answer === undefined) return undefined
      checkAnswer(answer)
      if (typeof answer === 'number') return { status: answer }
      return { over: (usual) => laidOver(usual, answer) as Record<string, unknown> }
    },
    all: () => [...choices.values()]
  }
}
