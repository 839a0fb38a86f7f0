import type { Browser } from './browser.ts'
import { type Child, startChild } from './processes/child.ts'
import { type Redis, startRedis } from './processes/redis.ts'
import type { ServiceSettings, StoreSettings } from './processes/settings.ts'

export const baseUrl = 'http://localhost:3000'
/** Of every exchange of the services, so that the worst case is short. */
export const timeout = 2000

interface Description {
  issuer: string
  franceConnect: ServiceSettings['franceConnect']
  fcData: ServiceSettings['fcData']
}

/** Redis, the sandbox and the processes of one service, all real and killable. */
export class World {
  readonly redis: Redis
  readonly sandbox: Child
  readonly services: Child[] = []
  readonly issuer: string
  readonly #gone: Child[] = []
  readonly #underWay = new Map<number, Set<Promise<unknown>>>()
  readonly #settings: ServiceSettings

  constructor(redis: Redis, sandbox: Child, description: Description) {
    this.redis = redis
    this.sandbox = sandbox
    this.issuer = description.issuer
    const { issuer, clientId, clientSecret } = description.franceConnect
    this.#settings = {
      store: { kind: 'redis', url: redis.url },
      baseUrl,
      secret: 'secret-des-sessions-fiables-0123456789abcdef',
      timeout,
      franceConnect: { issuer, clientId, clientSecret },
      fcData: description.fcData
    }
  }

  static async start(services = 2): Promise<World> {
    const sandbox = await startChild('./sandbox.ts', { BASE_URL: baseUrl })
    const world = new World(await startRedis(), sandbox, await sandbox.ask('describe'))
    for (let i = 0; i < services; i++) world.services.push(await world.startService())
    return world
  }

  startService(more: Partial<ServiceSettings> = {}): Promise<Child> {
    const settings = { ...this.#settings, ...more }
    const formats: Record<string, string> = settings.formats === undefined ? {} : { FORMATS: settings.formats }
    return startChild('./service.ts', { SETTINGS: JSON.stringify(settings), ...formats })
  }

  /** Two processes in place of those that there were, on another store. */
  async move(store: StoreSettings, more: Partial<ServiceSettings> = {}): Promise<void> {
    await Promise.all(this.services.map((service) => service.kill()))
    this.#gone.push(...this.services)
    Object.assign(this.#settings, { store, ...more })
    for (let i = 0; i < this.services.length; i++) this.services[i] = await this.startService()
  }

  /**
   * Each process in turn stopped and started with other settings: the one that starts serves before the next one stops, and
   * the one that stops has answered all that it was sent, as a proxy waits for.
   */
  async roll(more: Partial<ServiceSettings>, between: () => Promise<unknown>): Promise<void> {
    Object.assign(this.#settings, more)
    for (let i = 0; i < this.services.length; i++) {
      const old = this.services[i]!
      this.services[i] = await this.startService()
      await this.#drained(old.port)
      await old.ask('close')
      await old.stop()
      this.#gone.push(old)
      await between()
    }
  }

  /** What its processes printed, those that are gone too. */
  printed(): string {
    return [this.sandbox, ...this.#gone, ...this.services].map((child) => child.printed()).join('\n')
  }

  /** A page of the service, on one of its processes. */
  async visit(browser: Browser, path: string, process = 0) {
    const port = this.services[process % this.services.length]!.port
    const visit = browser.open(new URL(path, baseUrl).href, { port })
    const visits = this.#underWay.get(port) ?? new Set()
    this.#underWay.set(port, visits.add(visit))
    return visit.finally(() => visits.delete(visit))
  }

  async #drained(port: number): Promise<void> {
    await Promise.all(this.#underWay.get(port) ?? [])
  }

  async close(): Promise<void> {
    await Promise.all([...this.services, this.sandbox].map((child) => child.kill()))
    await this.redis.close()
  }
}
