import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { LoginEvents } from '../../login/events.ts'
import type { Instruments } from './instruments.ts'
import type { Attributes, Telemetry } from './telemetry.ts'

type Listeners = { [E in keyof LoginEvents]: (event: LoginEvents[E]) => void }

/** Counts logins and logouts, and says in the span under way what they came to. Gives what stops it. */
export function countLogins(telemetry: Telemetry<Instruments>): () => void {
  function count(outcome: string, platform: string, more: Attributes): void {
    telemetry.instruments().logins.add(1, { outcome, platform, ...more })
  }
  const tell = (attributes: Attributes) => telemetry.active()?.setAttributes(attributes)

  const listeners: Listeners = {
    'franceconnect:login:started'({ attempt, acrValues, platform }) {
      count('started', platform, {})
      tell({ 'franceconnect.attempt': attempt, 'franceconnect.acr_values': acrValues })
    },
    'franceconnect:login:succeeded'({ attempt, acr, platform }) {
      count('succeeded', platform, { acr })
      tell({ 'franceconnect.attempt': attempt, 'franceconnect.acr': acr, 'franceconnect.outcome': 'succeeded' })
    },
    'franceconnect:login:refused'({ attempt, code, platform, reason }) {
      count('refused', platform, { 'error.type': code, ...(reason === undefined ? {} : { reason }) })
      if (code === 'FST_FC_REFUSED_BY_SERVICE')
        tell({ 'franceconnect.attempt': attempt ?? '', 'error.type': code, 'franceconnect.outcome': 'refused' })
    },
    'franceconnect:login:failed': ({ code, platform }) => count('failed', platform, { 'error.type': code }),
    'franceconnect:logout': ({ platform, hadLogin }) =>
      telemetry.instruments().logouts.add(1, { platform, had_login: hadLogin })
  }
  const all = Object.entries(listeners) as [string, (event: unknown) => void][]
  for (const [channel, listener] of all) subscribe(channel, listener)
  return () => {
    for (const [channel, listener] of all) unsubscribe(channel, listener)
  }
}
