import type { Answer, Reading } from '../reading/answer.ts'

/** A good answer and its reading, `null` once somebody took it: the others read their own. */
export interface Exchanged {
  answer: Answer
  reading: Reading | null
}

/** For whom, and how. */
export interface ExchangeFor {
  loginId: string
  token: { readonly value: string; readonly expiresAt: Date }
  /** No copy of the provider's will do. */
  fresh: boolean
  signal?: AbortSignal | undefined
  /** Told when the provider makes the call wait, for those who cannot. */
  onWait?: (() => void) | undefined
}
