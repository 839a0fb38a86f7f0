import { startCanary } from './canary.ts'
import { type Accepted, type Case, type Outcome, statusOf } from './case.ts'
import { leaksOf, secretsOf, shownIn } from './leaks.ts'
import { type HostileProvider, startProvider } from './provider.ts'
import { type Me, me, type RelyingParty, startRelyingParty, type Walk, walk } from './relying-party.ts'

/** What a faulty login did, seen from outside. */
export interface Report {
  outcome: Outcome | `unexpected: ${string}`
  status: number
  ms: number
  calls: { discovery: number; token: number; userinfo: number; jwks: number }
  /** Bytes that the provider could send. */
  sent: number
  page: string
  headers: Record<string, unknown>
  leaks: string[]
  /** Records in the session store after a refused login. */
  stored: number
  visits: string[]
  accepted: Accepted | undefined
  /** A healthy login on the same server right after, or what became of it. */
  recovered: true | string
  ports: number[]
}

export async function runCase(one: Case): Promise<Report> {
  const canary = await startCanary()
  const provider = await startProvider({ alg: one.alg, canary: canary.url })
  const alg = one.alg ? { idTokenSignedResponseAlg: one.alg } : {}
  const party = await startRelyingParty(provider, { timeout: 10_000, ...alg, ...one.options })
  try {
    provider.fault = one.honest ?? {}
    if (one.warm) await loginOf(party)
    const report = await faultyLogin(one, party, provider)
    provider.fault = one.honest ?? {}
    const recovered = await loginOf(party).catch((error: Error) => error.message)
    return { ...report, leaks: [...report.leaks, ...leaksOf(party)], visits: canary.visits, recovered }
  } finally {
    await party.close()
    await provider.close()
    await canary.close()
  }
}

type Faulty = Omit<Report, 'visits' | 'recovered'>

async function faultyLogin(one: Case, party: RelyingParty, provider: HostileProvider): Promise<Faulty> {
  const { discovery, token, userinfo, jwks } = provider.calls
  const stored = party.store.entries.size
  provider.fault = one.fault
  provider.sent = 0
  const browser = party.browser()
  const started = performance.now()
  const way = await walk(browser)
  const ms = performance.now() - started
  const login = await me(browser)
  const connected = login.connected
  return {
    outcome: outcomeOf(way, connected, party),
    status: way.page.status,
    ms,
    calls: {
      discovery: provider.calls.discovery - discovery,
      token: provider.calls.token - token,
      userinfo: provider.calls.userinfo - userinfo,
      jwks: provider.calls.jwks - jwks
    },
    sent: provider.sent,
    page: way.page.body,
    headers: way.page.headers,
    leaks: [
      ...leaksOf(party, way.page.body + (way.stage === 'callback' ? JSON.stringify(way.page.headers) : '')),
      ...shownIn('store', party.store.dump(), secretsOf(provider))
    ],
    stored: connected ? 0 : party.store.entries.size - stored,
    accepted: connected ? (login as Accepted & Me) : undefined,
    ports: [Number(new URL(provider.issuer).port), party.port]
  }
}

function outcomeOf(way: Walk, connected: boolean, party: RelyingParty): Report['outcome'] {
  if (connected)
    return way.page.status === 302 || way.page.status === 303 ? 'login' : 'unexpected: login without redirect'
  const code = (party.errors.at(-1) as { code?: string } | undefined)?.code ?? ''
  if (Object.hasOwn(statusOf, code)) return code as Outcome
  return `unexpected: ${way.stage} ${way.page.status} ${code} ${party.errors.at(-1)?.message ?? ''}`
}

async function loginOf(party: RelyingParty): Promise<true> {
  const browser = party.browser()
  const way = await walk(browser)
  const login = await me(browser)
  if (!login.connected) {
    throw new Error(`${way.stage} ${way.page.status} ${party.errors.at(-1)?.message ?? way.page.body.slice(0, 200)}`)
  }
  return true
}

/** Runs cases a few at a time: most of them wait rather than work. */
export async function runCases(cases: Case[], atOnce = 8): Promise<Map<string, Report>> {
  const reports = new Map<string, Report>()
  const queue = [...cases]
  const worker = async (): Promise<void> => {
    for (let one = queue.shift(); one; one = queue.shift()) reports.set(one.name, await runCase(one))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return reports
}
