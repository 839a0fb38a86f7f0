import type { People } from '../citizens/people.ts'
import type { Clock } from '../levers/clock.ts'
import type { Faults } from '../levers/faults.ts'
import type { SandboxClient } from '../registration/client.ts'
import type { RegisteredDataProvider } from '../registration/data-provider.ts'
import type { SignatureKey } from './engine/keys.ts'
import type { Engine } from './engine/provider.ts'
import type { Sessions } from './engine/sessions.ts'
import type { EngineStore } from './engine/store.ts'
import type { Platform } from './platform.ts'

/** What the rooms of one platform share. */
export interface PlatformContext {
  platform: Platform
  /** `http://localhost:PORT` and the platform's prefix. */
  issuer: string
  clock: Clock
  people: People
  clients: SandboxClient[]
  dataProviders: RegisteredDataProvider[]
  sessions: Sessions
  store: EngineStore
  /** The engine and the keys it signs with: replaced when keys rotate and when time is advanced. */
  readonly engine: Engine
  readonly keys: SignatureKey[]
  /** The citizen who logs in without a click, when a test said so. */
  automaticCitizen(): string | undefined
  faults: Faults
  /** Whether FranceConnect+ answers checktoken, which it does not as published. */
  plusChecktoken: boolean
}

/** The client of that id, as the sandbox was given it. */
export const clientOf = ({ clients }: PlatformContext, clientId: string): SandboxClient | undefined =>
  clients.find((client) => client.clientId === clientId)
