/** What a service process is told. */
export interface ServiceSettings {
  redisUrl: string
  baseUrl: string
  secret: string
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
