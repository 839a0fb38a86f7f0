import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Citizen } from '../citizens/citizen.ts'
import type { ChosenData } from '../levers/chosen-data.ts'
import type { Faults } from '../levers/faults.ts'
import type { BuiltInDataProvider } from '../registration/data-provider.ts'

/** What a data provider reads of a citizen to find the person again: the pivot identity of `checktoken`. */
export interface PivotClaims {
  family_name: string
  given_name: string
  birthdate: string
  gender: string
  birthplace: string
  birthcountry: string
}

/** A request that a data provider received, for the recorder. Headers and query are left out: they hold tokens. */
export interface ReceivedCall {
  provider: string
  /** Name of the API in the catalogue of facts, such as `dss/quotient-familial`, when the path is one. */
  api?: string
  method: string
  path: string
  status: number
}

/** What the data providers take from the sandbox that hosts them. */
export interface DataProviderContext {
  /** Origin of the sandbox, without a trailing slash, known once it listens. */
  baseUrl(): string
  /** FranceConnect's issuer. */
  issuer(): string
  /** FranceConnect+'s issuer, where its checktoken answers. */
  plusIssuer?(): string | undefined
  /** The same address by a name that leads here from this process: the published one may not. */
  reach(address: string): string
  /** Milliseconds since 1970 on the sandbox's clock. */
  now(): number
  citizenOf(claims: PivotClaims): Citizen | undefined
  faults: Faults
  /** What a test or the page chose that this API answers about this citizen. */
  chosen?(api: string, citizen: Citizen | undefined, parameters: Record<string, string>): ChosenData | undefined
  /** Changes with each choice. */
  choices?(): number
  record(call: ReceivedCall): void
}

/** A path of a data provider. */
export interface DataPath {
  provider: string
  api: string | undefined
  /** Fields of the answer with the scopes that each needs; the field `*` is the whole answer. */
  fields: readonly (readonly [path: string, ...scopes: string[]])[] | undefined
}

/** The data providers, mounted on the sandbox's server. */
export interface DataProviderServer {
  clients: BuiltInDataProvider[]
  /** Names of every API. */
  apis: string[]
  /** Which provider answers at a path of the sandbox, with which API, and what each scope opens there. */
  at(path: string): DataPath | undefined
  /** False when the path is none of a data provider's. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>
  /** Options to hand to fastify-fc-data; addresses are right once the sandbox listens. */
  readonly options: DataProviderOptions
}

export interface DataProviderOptions {
  providers: {
    apiParticulier: { recipient: string; baseUrl: string }
    dgfip: { baseUrl: string; tokenUrl: string; clientId: string; clientSecret: string; idTeleservice: string }
    cnam: { baseUrl: string; apiKey: string }
    franceTravail: { baseUrl: string }
  }
}
