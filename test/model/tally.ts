/** Everything that a search did. */
export interface Tally {
  runs: number
  steps: number
  /** Answers and operations that went before others that were asked earlier. */
  overtakings: number
  /** By kind: commands, and answers. */
  counts: Map<string, number>
}

export const tally: Tally = { runs: 0, steps: 0, overtakings: 0, counts: new Map() }

export const count = (what: string): void => void tally.counts.set(what, (tally.counts.get(what) ?? 0) + 1)

/** For the test's output; then begins anew. */
export function tallied(): string {
  const counts = [...tally.counts].sort(([one], [other]) => (one < other ? -1 : 1))
  const text = `${tally.runs} runs, ${tally.steps} steps, ${tally.overtakings} of them before others asked earlier; ${counts.map((each) => each.join(': ')).join(', ')}`
  Object.assign(tally, { runs: 0, steps: 0, overtakings: 0, counts: new Map() })
  return text
}
