import { errors } from '../errors.ts'
import type { ChosenAnswer, ChosenAnswers } from '../levers/chosen-data.ts'
import type { Fault, FaultKind, Faults } from '../levers/faults.ts'
import type { LeversView } from './view.ts'

/** What the page can change, the same as `startSandbox` resolves with. */
export interface Levers {
  faults: Faults
  choices: ChosenAnswers
  /** Login of the citizen chosen beforehand. */
  citizen(): string | undefined
  choose(citizenId: string | undefined): void
  answer(api: string, citizenId: string, answer: ChosenAnswer | undefined): void
  advance(seconds: number): void
  /** Seconds advanced so far. */
  ahead(): number
  rotateKeys(): Promise<void>
  /** Empties the window. */
  forget(): void
}

const details: [name: keyof Fault, unit: string][] = [
  ['status', ''],
  ['delay', ' ms'],
  ['retryAfter', ' s'],
  ['times', ' fois']
]

function faultText(fault: Fault): string {
  const more = details
    .filter(([name]) => fault[name] !== undefined)
    .map(([name, unit]) => `${name} ${fault[name]}${unit}`)
  return [fault.kind, ...more].join(', ')
}

const answerText = (answer: ChosenAnswer) =>
  typeof answer === 'function' ? 'selon les paramètres' : JSON.stringify(answer)

/** The levers as they stand. */
export function leversView({ faults, choices, citizen, ahead }: Levers): LeversView {
  return {
    citizen: citizen() ?? null,
    ahead: ahead(),
    faults: faults.active.map(({ target, fault }) => ({ target, text: faultText(fault) })),
    answers: choices.all().map(({ api, citizenId, answer }) => ({ api, citizenId, text: answerText(answer) }))
  }
}

/** What a lever is asked, in JSON. */
export interface LeverRequest {
  lever?: unknown
  citizen?: unknown
  seconds?: unknown
  target?: unknown
  fault?: unknown
  api?: unknown
  answer?: unknown
}

const textOf = (value: unknown, name: string): string => {
  if (typeof value === 'string' && value !== '') return value
  throw new errors.invalidOptions(`${name} must be a text`)
}

function setFault(faults: Faults, { target, fault }: LeverRequest): void {
  const name = textOf(target, 'target')
  if (fault === null || fault === undefined) {
    faults.clear(name)
    return
  }
  const given = (typeof fault === 'object' ? fault : { kind: fault }) as Record<string, unknown>
  const numbers = details.map(([member]) => [member, given[member]]).filter(([, value]) => value !== undefined)
  faults.set(name, { kind: given.kind as FaultKind, ...Object.fromEntries(numbers) })
}

/**
 * Pulls a lever: `{ lever: 'citizen', citizen }`, `{ lever: 'clock', seconds }`, `{ lever: 'keys' }`,
 * `{ lever: 'fault', target, fault }`, `{ lever: 'answer', api, citizen, answer }`, `{ lever: 'forget' }`. `null` takes a
 * citizen, a fault or an answer back.
 *
 * @throws FST_FC_SANDBOX_INVALID_OPTIONS
 */
export async function pull(levers: Levers, asked: LeverRequest): Promise<void> {
  switch (asked.lever) {
    case 'citizen':
      return levers.choose(asked.citizen === null ? undefined : textOf(asked.citizen, 'citizen'))
    case 'clock':
      if (typeof asked.seconds !== 'number') throw new errors.invalidOptions('seconds must be a number')
      return levers.advance(asked.seconds)
    case 'keys':
      return levers.rotateKeys()
    case 'fault':
      return setFault(levers.faults, asked)
    case 'answer': {
      const answer = asked.answer === null ? undefined : (asked.answer as ChosenAnswer)
      return levers.answer(textOf(asked.api, 'api'), textOf(asked.citizen, 'citizen'), answer)
    }
    case 'forget':
      return levers.forget()
    default:
      throw new errors.invalidOptions('lever is citizen, clock, keys, fault, answer or forget')
  }
}
