import type { Counter, Histogram, Meter } from './telemetry.ts'

/** Seconds: a step of a login ends within the option `timeout`, eight seconds by default. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 8, 15]

export interface Instruments {
  /** By `outcome` (started, succeeded, refused, failed), `platform`, and `acr`, `error.type`, `reason` where they apply. */
  logins: Counter
  /** By `platform` and `had_login`. */
  logouts: Counter
  /** By `step`, `platform`, and `error.type` where it failed. */
  steps: Histogram
}

export function instrumentsOf(meter: Meter): Instruments {
  return {
    logins: meter.createCounter('franceconnect.logins', {
      description: 'Logins started, and how they ended; a login that never comes back is started alone'
    }),
    logouts: meter.createCounter('franceconnect.logouts', { description: 'Logouts asked at this service' }),
    steps: meter.createHistogram('franceconnect.step.duration', {
      description: 'Steps of logins: start, callback, and in it token, userinfo, verification',
      unit: 's',
      advice: { explicitBucketBoundaries: seconds }
    })
  }
}
