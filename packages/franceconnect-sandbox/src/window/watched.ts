import type { JWK } from 'jose'
import type { People } from '../citizens/people.ts'
import type { DataProviderServer } from '../data-providers/data-provider-context.ts'
import type { Clock } from '../levers/clock.ts'
import type { Platform } from '../platform/platform.ts'
import type { SandboxClient } from '../registration/client.ts'
import type { RegisteredDataProvider } from '../registration/data-provider.ts'
import type { PlatformServer } from '../sandbox/platform-server.ts'
import type { Levers } from './levers.ts'

/** What the window looks at. */
export interface Watched {
  origin: string
  clock: Clock
  people: People
  clients: SandboxClient[]
  platforms: { platform: Platform; issuer: string; server: Promise<PlatformServer> }[]
  dataProviders: DataProviderServer
  /** Every data provider that FranceConnect knows. */
  registered: RegisteredDataProvider[]
  /** The private key of FranceConnect+'s built-in client. */
  decryptionKey: JWK | undefined
  levers: Omit<Levers, 'forget'>
}
