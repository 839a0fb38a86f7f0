/** One request that the sandbox received: never a query value, a header or a body, which hold secrets. */
export interface ReceivedRequest {
  /** `franceConnect`, `franceConnectPlus` or the data provider. */
  server: string
  /** The API of a data provider, such as `dss/quotient-familial`. */
  api?: string
  method: string
  /** Without its query. */
  path: string
  /** Names of the query's parameters. */
  parameters: string[]
  status: number
}

const kept = 10_000

/** The requests received, oldest first; the last 10,000. */
export interface Recorder {
  readonly requests: ReceivedRequest[]
  add(request: ReceivedRequest): void
}

export function createRecorder(): Recorder {
  const requests: ReceivedRequest[] = []
  return {
    requests,
    add(request) {
      requests.push(request)
      if (requests.length > kept) requests.shift()
    }
  }
}
