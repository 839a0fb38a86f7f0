import type { IncomingMessage, ServerResponse } from 'node:http'
import { faultKinds } from '../faults.ts'
import { capture } from '../levers/capture.ts'
import { noteOf } from '../levers/notes.ts'
import { createDetails, type Details } from './details.ts'
import { type Exchange, senderOf } from './exchange.ts'
import { createJournal } from './journal.ts'
import { journeyView, type Naming, stepOf } from './journey-view.ts'
import { type Levers, leversView } from './levers.ts'
import { createStream, type Stream } from './stream.ts'
import type { SetupView, Snapshot } from './view.ts'
import type { Watched } from './watched.ts'

/** What passes in a sandbox, kept and told to the open pages. */
export interface Window {
  /** Looks at one request and its answer. */
  watch(request: IncomingMessage, response: ServerResponse): void
  snapshot(): Snapshot
  stream: Stream
  details: Details
  levers: Levers
  issuers: string[]
  /** The levers were pulled. */
  changed(): void
}

/** Makes the window of a sandbox. */
export function createWindow(watched: Watched): Window {
  const { clock, people, clients, platforms, dataProviders, origin } = watched
  const journal = createJournal()
  const stream = createStream()
  const nameOf = (id: string) => {
    const identity = people.find(id)?.provider
    return identity && `${identity.given_name} ${identity.family_name}`
  }
  const naming: Naming = {
    origin,
    clientOf: (clientId) => clients.find((client) => client.clientId === clientId),
    citizenName: nameOf,
    providerTitle: (clientId) => watched.registered.find((provider) => provider.clientId === clientId)?.title
  }
  const levers: Levers = {
    ...watched.levers,
    forget() {
      journal.clear()
      stream.send({ kind: 'cleared', now: clock.now() })
    }
  }
  let arrived = 0
  let told = ''

  function changed(): void {
    const view = leversView(levers)
    const text = JSON.stringify(view)
    if (text === told) return
    told = text
    stream.send({ kind: 'levers', now: clock.now(), levers: view })
  }

  /** Where a request goes; undefined when that is nowhere of interest. */
  function destination(path: string): Pick<Exchange, 'from' | 'to' | 'server' | 'api' | 'route'> | undefined {
    const data = dataProviders.at(path)
    if (data)
      return {
        from: 'service',
        to: 'dataProvider',
        server: data.provider,
        route: path,
        ...(data.api && { api: data.api })
      }
    const found = platforms.find(({ platform }) => path.toLowerCase().startsWith(`${platform.prefix}/`))
    if (!found) return undefined
    const route = path.slice(found.platform.prefix.length)
    return { from: senderOf(route), to: 'franceConnect', server: found.platform.name, route }
  }

  /** What cannot be told is not worth ending what is watched. */
  function addSafely(exchange: Exchange): void {
    try {
      add(exchange)
    } catch (error) {
      process.emitWarning(`franceconnect-sandbox: the window missed a request (${error})`)
    }
  }

  function add(exchange: Exchange): void {
    const journey = journal.add(exchange)
    if (!stream.heard) return
    if (journey) stream.send({ kind: 'journey', now: clock.now(), journey: journeyView(journey, naming) })
    else stream.send({ kind: 'alone', now: clock.now(), steps: aloneSteps() })
    changed()
  }

  const aloneSteps = () => journal.alone().map((exchange) => stepOf(exchange, naming))

  return {
    stream,
    levers,
    changed,
    issuers: platforms.map(({ issuer }) => issuer),
    details: createDetails(watched, journal),
    watch(request, response) {
      const [pathname = '/', query] = (request.url ?? '/').split('?')
      const going = destination(pathname)
      if (!going) return
      arrived += 1
      const asked = {
        id: arrived,
        at: clock.now(),
        method: request.method ?? '',
        path: pathname,
        query: new URLSearchParams(query),
        requestHeaders: { ...request.headers }
      }
      capture(request, response, (captured) =>
        addSafely({ ...asked, ...going, ...captured, answeredAt: clock.now(), note: noteOf(request) })
      )
    },
    snapshot: () => ({
      now: clock.now(),
      setup: setupOf(watched, nameOf),
      levers: leversView(levers),
      journeys: journal.journeys().map((journey) => journeyView(journey, naming)),
      alone: aloneSteps()
    })
  }
}

function setupOf(
  { platforms, clients, people, dataProviders, levers }: Watched,
  nameOf: (id: string) => string | undefined
): SetupView {
  return {
    issuers: platforms.map(({ platform, issuer }) => ({ title: platform.title, issuer })),
    clients: clients.map((client) => ({
      title: client.title ?? client.clientId,
      clientId: client.clientId,
      platform: client.idTokenEncryptedResponseAlg === undefined ? 'FranceConnect' : 'FranceConnect+',
      redirectUris: client.redirectUris,
      scopes: client.scopes
    })),
    citizens: people.all.map(({ id, title }) => ({ id, title, name: nameOf(id) ?? id })),
    apis: dataProviders.apis,
    faultTargets: levers.faults.targets,
    faultKinds
  }
}
