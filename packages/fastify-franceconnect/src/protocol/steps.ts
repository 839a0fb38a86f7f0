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
  /** Code of what it failed by, `onLogin` for an error of the application's own; `null` while it did not. */
  code: string | null
  /** What it failed by: the application's own error may hold anything. */
  error?: unknown
}

/** Name of the tracing channel (`node:diagnostics_channel`) of the steps. */
export const stepsChannel = 'franceconnect:step'

const channel = tracingChannel<unknown, LoginStepTrace>(stepsChannel)

/** Runs a step under its trace; costs nothing while nobody listens. What it returns is not shown. */
export function traced<T>(
  step: LoginStep,
  platform: LoginStepTrace['platform'],
  run: (trace: LoginStepTrace) => Promise<T>
): Promise<T> {
  const trace: LoginStepTrace = { step, platform, code: null }
  return channel.hasSubscribers ? withSubscribers(trace, run) : run(trace)
}

async function withSubscribers<T>(trace: LoginStepTrace, run: (trace: LoginStepTrace) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined
  const whole = async () => {
    try {
      result = { value: await run(trace) }
    } catch (error) {
      trace.code = codeOf(error)
      throw error
    }
  }
  await channel.tracePromise(() => (trace.within ? trace.within(whole) : whole()), trace)
  return result!.value
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && code.startsWith('FST_FC_') ? code : 'onLogin'
}
