import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Login } from 'fastify-franceconnect'
import { createBrowser, type ModelBrowser, type Sent } from './browser.ts'
import { type Clock, startClock } from './clock.ts'
import { gated } from './gated-store.ts'
import { createGates, type Gates, type Visit } from './gates.ts'
import { watchOutside } from './outside.ts'
import { type GatedProvider, startGatedProvider } from './provider.ts'
import type { Backing } from './rows.ts'
import { lastStage, type Plugin, startService } from './services.ts'
import { createWatch, type Watch } from './watch.ts'

export const browsers = 2
export const processes = 2

/** What the application says of a login. */
export type Word = 'yes' | 'reply' | 'refuse' | 'land'

export interface WorldOptions {
  plugin: Plugin
  /** The host has its own @fastify/session, with its defaults. */
  hosted: boolean
  rows: Backing
}

/** Two processes on one store, browsers, and everything that is under way between them. */
export interface World {
  readonly gates: Gates
  readonly clock: Clock
  readonly provider: GatedProvider
  readonly options: WorldOptions
  browsers: ModelBrowser[]
  visits: Sent[]
  /** Ends from the server that are under way. */
  ends: Visit[]
  watch: Watch
  /** Words to come, by the slot of the login. */
  words: Map<string, Word>
  stage: number[]
  /** Operations that failed, answers that were lost. */
  misfortunes: number
  /** Told of each command once it is done. */
  trace: ((command: string) => void) | null
  service(process: number): FastifyInstance
  /** A new run: empty store, new browsers, nothing under way. */
  reset(): Promise<void>
  close(): Promise<void>
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const outside = watchOutside()
  const gates = createGates(outside)
  const provider = await startGatedProvider(gates, outside, (visit) => {
    const sent = world.visits.find((each) => each === visit)
    if (sent?.slot) world.watch.claimed(sent.slot)
  })

  async function onLogin(request: FastifyRequest, reply: FastifyReply, login: Login): Promise<void> {
    const word = world.words.get(login.id.slice(0, 22)) ?? 'yes'
    world.watch.asked(login.id)
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
    const store = gated(options.rows.store(process), gates, outside)
    for (let stage = 0; stage <= lastStage; stage++)
      started.push(await startService({ ...options, provider, store, onLogin, work: gates.wait }, stage))
    services.push(started)
  }

  const world: World = {
    ...{ gates, clock: startClock(), provider, options, watch: createWatch(), words: new Map() },
    ...{ browsers: [], visits: [], ends: [], stage: [], misfortunes: 0, trace: null },
    service: (process) => services[process]![world.stage[process]!]!,
    async reset() {
      await options.rows.clear()
      world.watch = createWatch()
      world.words.clear()
      Object.assign(world, { visits: [], ends: [], misfortunes: 0 })
      world.stage = Array.from({ length: processes }, () => 0)
      world.browsers = Array.from({ length: browsers }, (_, name) => createBrowser(world, name))
    },
    async close() {
      world.clock.restore()
      outside.restore()
      await Promise.all(services.flat().map((app) => app.close()))
      await provider.close()
    }
  }
  await world.reset()
  return world
}
