import type { Actor } from './exchange.ts'

/** Why a request was refused, and what to do about it, in French. */
export interface Explanation {
  why: string
  change: string
}

/** One line of a sequence, as the page draws it. */
export interface Step {
  id: number
  at: number
  from: Actor
  /** Title of the data provider that asks. */
  asker?: string
  to: Actor
  /** Name of the data provider, of FranceConnect or of FranceConnect+. */
  server: string
  method: string
  path: string
  title: string
  status: number
  refused: boolean
  explanation?: Explanation
  /** Where the browser is sent next, when that is the service. */
  backToService?: string
}

/** How far a login went. */
export type JourneyState = 'running' | 'code' | 'connected' | 'refused' | 'left' | 'loggedOut'

/** Moments after which something is over, in milliseconds on the sandbox's clock. */
export interface Deadlines {
  code?: number
  userinfo?: number
  token?: number
}

/** One login. */
export interface JourneyView {
  id: number
  at: number
  platform: string
  service: string
  citizen?: string
  scopes: string[]
  state: JourneyState
  deadlines: Deadlines
  steps: Step[]
}

/** The levers as they stand. */
export interface LeversView {
  citizen: string | null
  /** Seconds that the sandbox's clock is ahead of the machine's. */
  ahead: number
  faults: { target: string; text: string }[]
  answers: { api: string; citizenId: string; text: string }[]
}

/** What the page can offer, which does not change. */
export interface SetupView {
  issuers: { title: string; issuer: string }[]
  clients: { title: string; clientId: string; platform: string; redirectUris: string[]; scopes: string[] }[]
  citizens: { id: string; title: string; name: string }[]
  apis: string[]
  faultTargets: string[]
  faultKinds: readonly string[]
}

/** Everything, for a page that opens. */
export interface Snapshot {
  /** Milliseconds on the sandbox's clock. */
  now: number
  setup: SetupView
  levers: LeversView
  journeys: JourneyView[]
  alone: Step[]
}

/** What changed, one of these by event. */
export type Change =
  | { kind: 'journey'; now: number; journey: JourneyView }
  | { kind: 'alone'; now: number; steps: Step[] }
  | { kind: 'levers'; now: number; levers: LeversView }
  | { kind: 'cleared'; now: number }

/** A sentence about a token: whether it holds, or only what it says. */
export interface Check {
  verdict: 'good' | 'bad' | 'told'
  text: string
}

/** A token opened. */
export interface TokenView {
  name: string
  /** JSON texts of its parts: the encryption's header, the signature's, the content. */
  parts: { name: string; json: string }[]
  checks: Check[]
}

/** What a scope opened in an answer. */
export interface OpenedView {
  scope: string
  label: string
  granted: boolean
  /** Fields of the answer, or those that are not in it when the scope was not granted. */
  fields: string[]
}

/** One side of an exchange. */
export interface MessageView {
  headers: [name: string, value: string][]
  /** Fields of a query or of a form. */
  fields: [name: string, value: string][]
  body: string
}

/** One exchange, opened. */
export interface DetailView {
  id: number
  /** The whole address asked, without its query. */
  address: string
  request: MessageView
  answer: MessageView
  /** Milliseconds from the request to its answer. */
  duration: number
  truncated: boolean
  /** Whether a secret was masked. */
  masked: boolean
  tokens: TokenView[]
  opened: OpenedView[]
}
