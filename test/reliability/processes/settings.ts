/** Where a service keeps sessions and held answers. */
export type StoreSettings =
  | { kind: 'redis'; url: string }
  | { kind: 'cluster'; urls: string[] }
  | { kind: 'sentinel'; ports: number[] }
  | { kind: 'postgres'; url: string }

/** What a service process is told. */
export interface ServiceSettings {
  store: StoreSettings
  baseUrl: string
  secret: string | string[]
  /** Seconds that an answer of a data provider is held; not at all without it. */
  hold?: number
  /** The formats of what it stores: as they are, or of a version to come, read only or written too. */
  formats?: 'reads-next' | 'writes-next'
  /** Milliseconds, of an exchange with FranceConnect and with a data provider alike. */
  timeout: number
  port?: number
  /** Seconds that its clock is ahead of the others'. */
  clockAhead?: number
  franceConnect: { issuer: string; clientId: string; clientSecret: string }
  fcData: { providers: Record<string, unknown> }
}

/** State of a service process after garbage collection. */
export interface Health {
  heap: number
  rss: number
  sockets: number
  timers: number
}
