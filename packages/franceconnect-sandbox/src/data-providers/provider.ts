import type { Fault } from '../levers/faults.ts'
import type { BuiltInDataProvider } from '../registration/data-provider.ts'
import type { Answer, Call } from './exchange.ts'
import type { Field } from './mask.ts'

/** One data provider: what it is registered as, and how it answers a call under its base path. */
export interface DataProvider {
  /** The name that faults and the recorder know it by. */
  name: 'apiParticulier' | 'dgfip' | 'cnam' | 'franceTravail'
  basePath: string
  client: BuiltInDataProvider
  /** Names of its API. */
  apis: readonly string[]
  /** The API that a path belongs to, such as `dss/quotient-familial`. */
  apiOf(path: string): string | undefined
  /** What each scope opens in the answers at a path; the path `*` is the whole answer. */
  fieldsOf(path: string): readonly Field[] | undefined
  /** @param pause waits when a fault makes the provider slow. */
  answer(call: Call, pause: () => Promise<void>): Promise<Answer>
  /** The provider's own way to say that it fails. */
  failure(fault: Fault, call: Call): Answer
  /** A good answer of which a part is missing, where the provider has such answers. */
  partial?(found: Answer, path: string): Answer
}
