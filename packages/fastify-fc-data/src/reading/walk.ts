/** What a reader returns for a value that is not what its schema describes. */
export const UNFIT: unique symbol = Symbol('unfit')

/** One reading under way. */
export interface Walk {
  /** Where it is. */
  readonly path: (string | number)[]
  /** Dotted paths of what was left out. */
  readonly leftOut: string[]
  /** Numbers that came as texts. */
  mended: number
  /** The last thing that did not fit: its path and what was expected, never its value. */
  wrong: string | null
}

/** Reads a value, mending it in place: what it returns is the value, its mended form or {@link UNFIT}. */
export type Read = (value: unknown, walk: Walk) => unknown

export function startWalk(path: readonly (string | number)[] = []): Walk {
  return { path: [...path], leftOut: [], mended: 0, wrong: null }
}

export function pathOf({ path }: Walk): string {
  return path.join('.')
}

/** Says what was expected. */
export function unfit(walk: Walk, expected: string): typeof UNFIT {
  walk.wrong = walk.path.length ? `${pathOf(walk)} ${expected}` : expected
  return UNFIT
}

/** Gives up what was read since: a whole that does not fit is named by its own path alone. */
export function giveUp(walk: Walk, since: number): typeof UNFIT {
  walk.leftOut.length = since
  return UNFIT
}
