import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Login, SessionStore } from 'fastify-franceconnect'
import { createBrowser, type ModelBrowser, type Sent } from './browser.ts'
import { moveClock } from './clock.ts'
import { createGates, type Gates } from './gates.ts'
import { createLocalProvider, type LocalProvider } from './provider.ts'
import { gated, type Kept } from './rows.ts'
import { lastStage, type Plugin, startService } from './services.ts'
import { createWatch, type Watch } from './watch.ts'

export const browsers = 2
export const processes = 2

/** What the application says of a login. */
export type Word = 'yes' | 'reply' | 'refuse' | 'land'

export interface WorldOptions {
  plugin: Plugin
  hosted: boolean
  store: SessionStore
  /** What the store keeps; `null` where it cannot be read so. */
  kept: (() => Kept[]) | null
  clear(): Promise<void>
}

/** Two processes on one store, browsers, and everything that is under way between them. */
export interface World {
  readonly gates: Gates
  readonly provider: LocalProvider
  readonly options: WorldOptions
  browsers: ModelBrowser[]
  visits: Sent[]
  watch: Watch
  /** Words to come, by the slot of the login. */
  words: Map<string, Word>
  stage: number[]
  advance(seconds: number): void
  service(process: number): FastifyInstance
  /** A new run: empty store, new browsers, nothing under way. */
  reset(): Promise<void>
  close(): Promise<void>
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const clock = moveClock()
  const provider = createLocalProvider()
  const gates = createGates(() => world.visits)
  const store = gated(options.store, gates)

  async function onLogin(request: FastifyRequest, reply: FastifyReply, login: Login): Promise<void> {
    const word = world.words.get(login.id.slice(0, 22)) ?? 'yes'
    world.watch.asked(login.id, login.sub)
    Object.assign(request.session, { noteAccount: login.sub })
    await gates.wait('onLogin')
    if (word === 'refuse') throw request.server.franceConnect.refusal()
    if (word === 'land') throw request.server.franceConnect.refusal('/closed')
    world.watch.agreed(login.id)
    if (word === 'reply') await reply.redirect('/welcome')
  }

  const services: FastifyInstance[][] = []
  for (let process = 0; process < processes; process++) {
    const started = []
    for (let stage = 0; stage <= lastStage; stage++) {
      const parts = { ...options, provider, store, onLogin, work: gates.wait }
      started.push(await startService(parts, stage))
    }
    services.push(started)
  }

  const world: World = {
    ...{ gates, provider, options, browsers: [], visits: [], watch: createWatch(), words: new Map(), stage: [] },
    service: (process) => services[process]![world.stage[process]!]!,
    advance: clock.advance,
    async reset() {
      await options.clear()
      world.watch = createWatch()
      world.words.clear()
      world.visits = []
      world.stage = Array.from({ length: processes }, () => 0)
      world.browsers = Array.from({ length: browsers }, (_, name) => createBrowser(world, name))
    },
    async close() {
      await Promise.all(services.flat().map((app) => app.close()))
      await provider.dispatcher.close()
      clock.restore()
    }
  }
  await world.reset()
  return world
}
