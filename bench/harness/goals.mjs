import { median } from './lanes.mjs'

const ours = 'ours'
const hand = 'openid-client'
const tuned = 'openid-client, tuned'

/** What the project holds itself to: medians over the rounds of ratios taken inside a round. */
const goals = [
  ['login ÷ by hand, warm', 0.5, over('loginUs', hand)],
  ['login ÷ floor, warm', 2, over('loginUs', 'floor')],
  ['page ÷ by hand, memory, 100 citizens', 0.6, over('pageFewUs', hand)],
  ['page ÷ by hand, memory, 10,000 citizens', 0.8, over('pageManyUs', hand)],
  ['page on Redis ÷ by hand, 16 at once, warm', 0.7, over('redisPageUs', hand)],
  ['page on Redis ÷ tuned, 16 at once, warm', 0.85, over('redisPageUs', tuned)],
  ['page, 1 ms to Redis, 1 at once, p50 ÷ tuned', 1.05, over('slowPageMedianUs', tuned)],
  ['login on Redis ÷ by hand', 0.7, over('redisLoginUs', hand)],
  ['data ÷ floor, 16 at once', 1.5, over('dataUs', 'floor')],
  ['bytes in Redis per logged-in citizen', 2000, (round) => round[ours]?.redisBytes, 0],
  ['heap per session, bytes', 2846, (round) => round[ours]?.heapBytes, 0]
]

function over(key, base) {
  return (round) => round[ours]?.[key] / round[base]?.[key]
}

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line), ''].join('\n')
}

const known = (values) => values.filter((value) => Number.isFinite(value))
const figure = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '–')

export function goalsTable(rounds) {
  const rows = goals.map(([name, goal, read, digits = 2]) => {
    const values = known(rounds.map(read))
    if (values.length === 0) return [name, '–', '–', String(goal), '–']
    const middle = median(values)
    const spread = `${figure(Math.min(...values), digits)}–${figure(Math.max(...values), digits)}`
    const shown = figure(middle, digits)
    return [name, shown, spread, figure(goal, digits), Number(shown) <= goal ? 'met' : '**not met**']
  })
  return table(['', 'median', 'least–most', 'goal', ''], rows)
}

const columns = [
  ['cold login', 'coldLogin'],
  ['login', 'login'],
  ['cold page', 'coldPage'],
  ['page, 100', 'pageFew'],
  ['page, 10,000', 'pageMany'],
  ['data call', 'data'],
  ['login, Redis', 'redisLogin'],
  ['page, Redis, 100', 'redisPage'],
  ['page, Redis, 4,000', 'redisPageMany']
]

/** CPU of the server for one operation, and on the wall what sixteen lanes took for each. */
export function figuresTable(rounds, stacks) {
  const of = (name, key) => median(known(rounds.map((round) => round[name]?.[key])))
  const rows = stacks.map(({ name, label }) => [
    label,
    ...columns.map(([, key]) => `${figure(of(name, `${key}Us`), 0)} / ${figure(of(name, `${key}WallUs`), 0)}`),
    `${figure(of(name, 'slowPageUs'), 0)} / ${figure(of(name, 'slowPageMedianUs'), 0)}`,
    figure(of(name, 'redisBytes'), 0),
    figure(of(name, 'redisKeys'), 0),
    figure(of(name, 'heapBytes'), 0)
  ])
  const head = [
    'stack',
    ...columns.map(([title]) => title),
    'page, 1 ms to Redis, p50',
    'bytes in Redis',
    'keys',
    'heap'
  ]
  return table(head, rows)
}
