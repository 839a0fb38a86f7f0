import { tracingChannel } from 'node:diagnostics_channel'

/**
 * A step of a login: `start`, from the page that asks to the redirect to FranceConnect; `callback`, from FranceConnect's
 * redirect to the page; in it `token` and `userinfo`, the two exchanges, and after each the `verification` of the JWT that
 * it brought, the fetch of new keys included.
 */
export type LoginStep = 'start' | 'callback' | 'token' | 'userinfo' | 'verification'

/** What subscribers of {@link stepsChannel} get: never a token, a code, a state or a citizen's datum. `error` when it failed. */
export interface LoginStepTrace {
  step: LoginStep
  platform: 'franceconnect' | 'franceconnect-plus'
  /** HTTP status of FranceConnect's answer, once there is one. */
  status?: number
  /** Set by a subscriber of `start`: what the step runs inside, an active span say. */
  within?: (<T>(run: () => Promise<T>) => Promise<T>) | undefined
  error?: unknown
}

/** Name of the tracing channel (`node:diagnostics_channel`) of the steps. */
export const stepsChannel = 'franceconnect:step'

const channel = tracingChannel<unknown, LoginStepTrace>(stepsChannel)

/** Runs a step under its trace; costs nothing while nobody listens. What it returns is not shown. */
export function traced<T>(trace: LoginStepTrace, run: (trace: LoginStepTrace) => Promise<T>): Promise<T> {
  return channel.hasSubscribers ? withSubscribers(trace, run) : run(trace)
}

async function withSubscribers<T>(trace: LoginStepTrace, run: (trace: LoginStepTrace) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined
  const whole = async () => {
    result = { value: await run(trace) }
  }
  await channel.tracePromise(() => (trace.within ? trace.within(whole) : whole()), trace)
  return result!.value
}
