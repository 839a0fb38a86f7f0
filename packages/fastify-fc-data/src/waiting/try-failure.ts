import type { FcDataError } from '../errors.ts'
import type { Verdict } from './circuit.ts'
import type { NotNow } from './not-now.ts'

/**
 * How a failed try heals: `busy`, once the same call that is being served ends; `asked`, after the wait that the provider
 * asks; `gateway`, a server in front of the provider failed; `lost`, on another connection; `renewed`, with the new token
 * of the provider's own.
 */
export type Healing = 'busy' | 'asked' | 'gateway' | 'lost' | 'renewed'

export interface TryFailureOptions {
  healing?: Healing | null
  notNow?: NotNow | null
  /** What the API's circuit hears if no other try heals it; nothing by default. */
  verdict?: Verdict
}

/** One failed try. */
export class TryFailure extends Error {
  readonly error: FcDataError
  readonly healing: Healing | null
  readonly notNow: NotNow | null
  readonly verdict: Verdict

  constructor(error: FcDataError, { healing = null, notNow = null, verdict = 'nothing' }: TryFailureOptions = {}) {
    super(error.message)
    this.error = error
    this.healing = healing
    this.notNow = notNow
    this.verdict = verdict
  }
}
