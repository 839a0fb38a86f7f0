import { median } from './lanes.mjs'
import { concurrencies } from './measure.mjs'
import { clients, servers } from './stacks.mjs'

const figure = (value, digits = 2) => (value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits))

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line), ''].join('\n')
}

/** Figures of the rounds: medians, and ratios taken inside each round. */
function reader(rounds) {
  const values = (name, key) => rounds.map((round) => round[name]?.[key]).filter((value) => value !== undefined)
  const ratios = (name, base, key) =>
    rounds
      .filter((round) => round[name]?.[key] !== undefined && round[base]?.[key] !== undefined)
      .map((round) => round[name][key] / round[base][key])
  return {
    last: (name) => rounds.findLast((round) => round[name])?.[name],
    of: (name, key, digits = 0) => figure(median(values(name, key)), digits),
    over(name, base, key) {
      const found = ratios(name, base, key)
      return found.length === 0 ? '–' : `${figure(median(found))}×`
    },
    spread(name, base, key) {
      const found = ratios(name, base, key)
      return found.length === 0
        ? '–'
        : `${figure(median(found))} [${figure(Math.min(...found))}–${figure(Math.max(...found))}]`
    }
  }
}

/** The tables of one run, in Markdown. */
export function report({ at, machine, rounds, memory, growth, failed, seconds }) {
  const read = reader(rounds)
  const present = (list) => list.filter((stack) => read.last(stack.name))
  const parts = [
    `${at}: ${machine}, ${rounds.length} interleaved rounds, ${seconds.toFixed(0)} s.\n`,
    '### Login, page, memory\n',
    table(
      ['stack', 'login ÷ floor', 'login ÷ by hand', 'page ÷ floor', 'page ÷ by hand', 'logins/s', 'heap per session'],
      present(servers).map(({ name, label }) => [
        label,
        read.over(name, 'floor', 'loginUs'),
        read.over(name, 'openid-client', 'loginUs'),
        read.over(name, 'floor', 'pageUs'),
        read.over(name, 'openid-client', 'pageUs'),
        read.of(name, 'loginsPerSecond'),
        memory[name] === undefined ? '–' : `${figure(memory[name], 0)} B`
      ])
    ),
    '### What is asked of FranceConnect, and what is taken from it\n',
    table(
      [
        'stack',
        'calls per login',
        'new connections',
        'forged ID Token',
        'forged userinfo',
        'other nonce',
        'not checked'
      ],
      present(servers).map(({ name, label, unchecked }) => {
        const { callsPerLogin: calls, forged } = read.last(name)
        const http = calls.config + calls.jwks + calls.token + calls.userinfo
        return [label, figure(http), figure(calls.connections, 3), forged.id, forged.ui, forged.nonce, unchecked]
      })
    ),
    '### A data call through the session\n',
    dataTable(read, present(servers), 'floor'),
    '### `request.fcData` beside bare HTTP clients\n',
    'The clients stand alone behind a bare route with a fixed token: no session, no login, no error handling.\n',
    dataTable(read, [...present(servers).filter(({ name }) => name === 'ours'), ...present(clients)], 'undici'),
    '### Absolute figures of this machine (medians, CPU of the server process)\n',
    table(
      ['stack', 'login µs', 'page µs', 'start ms', 'first login ms'],
      present(servers).map(({ name, label }) => [
        label,
        read.of(name, 'loginUs'),
        read.of(name, 'pageUs'),
        read.of(name, 'coldMs'),
        read.of(name, 'firstLoginMs')
      ])
    ),
    '### Spread of our ratios over the rounds\n',
    table(
      ['', 'median [least–most]'],
      [
        ['login ÷ by hand', read.spread('ours', 'openid-client', 'loginUs')],
        ['login ÷ floor', read.spread('ours', 'floor', 'loginUs')],
        ['page ÷ by hand', read.spread('ours', 'openid-client', 'pageUs')],
        ['data ÷ floor, 16 at once', read.spread('ours', 'floor', 'data16Us')],
        ['data ÷ floor, 128 at once', read.spread('ours', 'floor', 'data128Us')]
      ]
    )
  ]
  if (growth) parts.push(growthTables(growth))
  for (const [name, message] of Object.entries(failed)) parts.push(`**${name} failed**: ${message}\n`)
  return parts.join('\n')
}

function dataTable(read, list, base) {
  return table(
    ['stack', ...concurrencies.map((c) => `${c} at once, ÷ ${base}`), ...concurrencies.map((c) => `${c}: µs`)],
    list.map(({ name, label }) => [
      label,
      ...concurrencies.map((c) => read.over(name, base, `data${c}Us`)),
      ...concurrencies.map((c) => read.of(name, `data${c}Us`))
    ])
  )
}

function growthTables({ sessions, apis }) {
  return [
    '### Growth\n',
    table(
      ['sessions held by the server', 'page µs'],
      sessions.map(({ count, pageUs }) => [count, figure(pageUs, 0)])
    ),
    table(
      ['API enabled', 'start ms', 'login µs', 'page µs'],
      apis.map(({ count, coldMs, loginUs, pageUs }) => [
        count,
        figure(coldMs, 0),
        figure(loginUs, 0),
        figure(pageUs, 0)
      ])
    )
  ].join('\n')
}
