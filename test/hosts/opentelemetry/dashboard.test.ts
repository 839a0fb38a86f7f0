import { mkdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { blocksOf } from '../../docs/walk/guide.ts'
import { askedBy, dashboard, labelsOf } from './dashboard.ts'
import { scrape } from './sdk.ts'
import { startService } from './service.ts'

// where prom-client is found, and git does not look
const folder = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))
const file = `${folder}/metrics-${process.pid}.mjs`
await mkdir(folder, { recursive: true })
const listener = blocksOf('docs/recipes/prometheus.md').find((block) => block.file === 'metrics.js')
await writeFile(file, listener?.code ?? '')
const recipe: { metrics(reply: unknown): Promise<string> } = await import(file)
const service = await startService()
t.teardown(() => Promise.all([rm(file), service.close()]))

/** Logins that succeed, are refused and fail, calls that fail, a circuit that opens. */
async function live(): Promise<void> {
  const { sandbox } = service
  const { cookies } = await service.logIn()
  await service.open('/dossier', cookies)
  await service.open('/franceconnect/logout', cookies)
  await service.logIn({ cancel: true })
  await service.logIn({}, (url) => url.searchParams.set('code', 'a-code-of-nobody'))
  sandbox.faults.set('apiParticulier', { kind: 'error', status: 500, code: '00000' })
  for (let logins = 0; logins < 6; logins += 1) {
    const { cookies } = await service.logIn()
    await service.open('/dossier', cookies)
  }
  sandbox.faults.clear()
}

await live()
const bySdk = await scrape()
const sent = { type: () => sent, send: (text: string) => text }
const byPromClient = await recipe.metrics(sent)

t.test('each query of the dashboard asks for metrics and labels that there are', async (t) => {
  t.ok(dashboard.panels.length >= 10)
  for (const [from, text] of [
    ['OpenTelemetry', bySdk],
    ['prom-client', byPromClient]
  ] as const) {
    const known = labelsOf(text)
    for (const { title, targets } of dashboard.panels) {
      for (const { expr } of targets) {
        for (const { names, labels } of askedBy(expr)) {
          const metrics = [...known].filter(([name]) => names.test(name))
          t.equal(metrics.length, 1, `${from}, ${title}: ${names.source} is one metric`)
          for (const label of labels) t.ok(metrics[0]?.[1].has(label), `${from}, ${title}: it has ${label}`)
        }
      }
    }
    t.ok(known.has(/label_values\((\w+), job\)/.exec(dashboard.templating.list[1]?.definition ?? '')?.[1] ?? ''))
  }
})

t.test('both listeners count the same', async (t) => {
  const sums = (text: string) => {
    const found = new Map<string, number>()
    const counts = /^(franceconnect_\w+?|fc_data_\w+?)(?:_seconds)?(?:_total|_count)\{.*\} (\d+)$/gm
    for (const [, name = '', value] of text.matchAll(counts)) found.set(name, (found.get(name) ?? 0) + Number(value))
    return Object.fromEntries([...found].sort())
  }
  t.equal(Object.keys(sums(bySdk)).length, 5)
  t.strictSame(sums(byPromClient), sums(bySdk))
  t.match(byPromClient, /fc_data_circuit_state\{.*\} 2/)
  t.match(bySdk, /fc_data_circuit_state\{.*\} 2/)
})

t.test('a query that asks for what there is not is seen', async (t) => {
  const [asked] = askedBy('sum by (nothing) (rate(franceconnect_nothing_total{outcome="x"}[$__rate_interval]))')
  t.strictSame(asked, { names: /^(franceconnect_nothing_total)$/, labels: ['outcome', 'nothing'] })
  t.throws(() => askedBy('sum by (a (b'))
})

t.test('each panel says what it shows, in both languages', async (t) => {
  for (const { title, description } of dashboard.panels) t.ok(title !== '' && description !== '', title)
})
