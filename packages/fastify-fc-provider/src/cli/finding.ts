/** `error`: accesses will fail or are unsafe. `warning`: they may. `ok` says what was looked at. */
export type Level = 'error' | 'warning' | 'ok'

/** One line of the report. No finding ever carries a secret. */
export interface Finding {
  readonly level: Level
  /** Stable name for scripts, for example `key-route-missing`. */
  readonly code: string
  /** What was seen, in French. */
  readonly message: string
  /** What to do, in French. */
  readonly fix?: string
}

export const error = (code: string, message: string, fix?: string): Finding => ({
  level: 'error',
  code,
  message,
  ...(fix && { fix })
})
export const warning = (code: string, message: string, fix?: string): Finding => ({
  level: 'warning',
  code,
  message,
  ...(fix && { fix })
})
export const ok = (code: string, message: string): Finding => ({ level: 'ok', code, message })

const marks: Record<Level, string> = { error: '✗ erreur   ', warning: '! attention', ok: '✓ bon      ' }
const order: readonly Level[] = ['error', 'warning', 'ok']
const plural = (count: number, word: string): string => `${count} ${word}${count > 1 ? 's' : ''}`

/** The report as a person reads it. */
export function printed(source: string, findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length
  const line = ({ level, message, fix }: Finding) =>
    `  ${marks[level]}  ${message}${fix ? `\n               → ${fix}` : ''}`
  const sorted = order.flatMap((level) => findings.filter((finding) => finding.level === level))
  const total = `${plural(count('error'), 'erreur')}, ${plural(count('warning'), 'avertissement')}.`
  return [`Réglages lus : ${source}`, '', ...sorted.map(line), '', total, ''].join('\n')
}
