import { channel } from 'node:diagnostics_channel'
import type { RefusalReason } from '../errors.ts'

/** What is published on each channel: never a token, never a citizen's datum. */
export interface LoginEvents {
  'franceconnect:login:started': { attempt: string; acrValues: string; platform: string }
  'franceconnect:login:succeeded': { attempt: string; acr: string; platform: string; durationMs: number }
  /** The citizen left, FranceConnect refused (`reason` tells which), or the application's `onLogin` did. */
  'franceconnect:login:refused': { attempt: string | null; code: string; platform: string; reason?: RefusalReason }
  /** Something broke, or was not acceptable. */
  'franceconnect:login:failed': { attempt: string | null; code: string; platform: string }
  'franceconnect:logout': { platform: string; hadLogin: boolean }
}

const channels = {
  'franceconnect:login:started': channel('franceconnect:login:started'),
  'franceconnect:login:succeeded': channel('franceconnect:login:succeeded'),
  'franceconnect:login:refused': channel('franceconnect:login:refused'),
  'franceconnect:login:failed': channel('franceconnect:login:failed'),
  'franceconnect:logout': channel('franceconnect:logout')
}

/** Publishes on node:diagnostics_channel; costs nothing while nobody listens. */
export function publish<E extends keyof LoginEvents>(event: E, message: LoginEvents[E]): void {
  if (channels[event].hasSubscribers) channels[event].publish(message)
}
