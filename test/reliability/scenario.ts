import type { World } from './world.ts'

export interface Outcome {
  /** Requests that the browsers made. */
  requests: number
  /** Requests without an answer, and logins or data that had been answered and were gone. */
  lost: number
  /** Milliseconds of the slowest answer. */
  longest: number
  /** Milliseconds from the end of the fault until everything worked again. */
  recovered: number
  /** What was seen, in one line. */
  seen: string
  /** What should not have been; empty when all is well. */
  wrong: string[]
}

/** One misfortune. `long` asks for the full length of what is shortened by default. */
export interface Scenario {
  name: string
  does: string
  run(world: World, long: boolean): Promise<Outcome>
}

/** Collects what should not have been. */
export class Verdict {
  readonly wrong: string[] = []

  expect(fine: boolean, sentence: string): void {
    if (!fine) this.wrong.push(sentence)
  }
}
