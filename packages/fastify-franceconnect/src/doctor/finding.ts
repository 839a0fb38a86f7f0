/** `error`: a login will fail or is unsafe. `warning`: it may. `ok` and `info` say what was looked at. */
export type Level = 'error' | 'warning' | 'info' | 'ok'

/** One line of the report. No finding ever carries a secret. */
export interface Finding {
  readonly level: Level
  /** Stable name for scripts, for example `redirect-http`. */
  readonly code: string
  /** Option of the plugin that it concerns. */
  readonly option?: string
  /** What was seen, in French. */
  readonly message: string
  /** What to do, in French. */
  readonly fix?: string
}

type Text = { option?: string; message: string; fix?: string }

export const error = (code: string, text: Text): Finding => ({ level: 'error', code, ...text })
export const warning = (code: string, text: Text): Finding => ({ level: 'warning', code, ...text })
export const info = (code: string, text: Text): Finding => ({ level: 'info', code, ...text })
export const ok = (code: string, text: Text): Finding => ({ level: 'ok', code, ...text })
