import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Outcome, Scenario } from './scenario.ts'
import type { Sample } from './soak.ts'

const ms = (value: number) => (Number.isFinite(value) ? `${Math.round(value)} ms` : 'never')

function table(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export type Done = { scenario: Scenario; outcome: Outcome }

/** The tables of a run, in Markdown. */
export function tables(done: Done[], soak: (Outcome & { samples: Sample[] }) | undefined, seconds: number): string {
  const rows = done.map(({ scenario, outcome }) => [
    `**${scenario.name}**: ${scenario.does}`,
    outcome.requests,
    outcome.lost,
    ms(outcome.longest),
    outcome.recovered === 0 ? 'at once' : ms(outcome.recovered),
    outcome.seen,
    outcome.wrong.length === 0 ? 'as promised' : `**wrong**: ${outcome.wrong.join('; ')}`
  ])
  const parts = [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores.`,
    table(['misfortune', 'requests', 'lost', 'slowest answer', 'back to normal', 'seen', 'verdict'], rows)
  ]
  if (soak) {
    parts.push(
      `### Soak: ${seconds} s on two processes`,
      `${soak.requests} requests, ${soak.lost} lost, slowest ${ms(soak.longest)}. ${soak.seen}. ${soak.wrong.length === 0 ? 'As promised.' : `**Wrong**: ${soak.wrong.join('; ')}`}`,
      table(
        ['second', 'process', 'heap MB', 'memory MB', 'sockets', 'timers', 'keys in Redis'],
        soak.samples.map((one) => [
          one.seconds,
          one.process,
          (one.heap / 1e6).toFixed(1),
          (one.rss / 1e6).toFixed(0),
          one.sockets,
          one.timers,
          one.keys
        ])
      )
    )
  }
  return parts.join('\n\n')
}

/** Puts the tables between the marks of docs/reliability.md. */
export function writeDocument(text: string): void {
  const file = new URL('../../docs/reliability.md', import.meta.url)
  const document = readFileSync(file, 'utf8')
  const marked = /(?<=<!-- figures -->\n)[\s\S]*(?=<!-- end of figures -->)/
  writeFileSync(
    file,
    document.replace(marked, () => `\n${text}\n\n`)
  )
}
