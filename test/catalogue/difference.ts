/** One thing on which the catalogue and the file disagree. */
export interface Difference {
  api: string
  /** A path, a parameter or a member. */
  at: string
  catalogue: string
  file: string
}
