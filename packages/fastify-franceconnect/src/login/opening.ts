import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OpenedLogin } from '../session/record.ts'
import type { Attempt } from './attempt.ts'
import type { Consent } from './consent.ts'
import type { Landing } from './refusal.ts'

/** One opening of a callback: who asks, and for which attempt. */
export interface Opening {
  request: FastifyRequest
  reply: FastifyReply
  query: URLSearchParams
  state: string
  slot: string
}

/** What a callback came to. */
export type Outcome =
  | { kind: 'login'; login: OpenedLogin; attempt: Attempt; acr: string; consent: Consent | null }
  /** The application refused, and says where to land. `idToken`: of the session to end at FranceConnect. */
  | { kind: 'refused'; landing: Landing; idToken: string | null }
  /** The browser logged out meanwhile, or another answer left; `consent` has one to send when the application logged out. */
  | { kind: 'nobody'; consent: Consent | null }
