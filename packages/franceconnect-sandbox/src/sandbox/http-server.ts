import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DataProviderServer } from '../data-providers/data-provider-context.ts'
import { errors } from '../errors.ts'
import type { Faults } from '../levers/faults.ts'
import type { Recorder } from '../levers/recorder.ts'
import { errorPage } from '../pages/error-page.ts'
import { PageError } from '../pages/page-error.ts'
import type { Platform } from '../platform/platform.ts'
import { loseSignature } from '../platform/signature-down.ts'
import { strike } from '../platform/strike.ts'
import { secureHeaders, sendPage } from '../platform/visit.ts'
import { answerWindow, isOfWindow } from '../window/routes.ts'
import type { Window } from '../window/window.ts'
import type { PlatformServer } from './platform-server.ts'

/** What one sandbox serves. */
export interface Served {
  /** A platform's server is ready once its keys are found; the first request waits for it. */
  platforms: { platform: Platform; issuer: string; server: Promise<PlatformServer> }[]
  dataProviders: DataProviderServer
  faults: Faults
  recorder: Recorder
  window: Window
  /** The name that the sandbox publishes: the window may be reached by it. */
  hostName: string
}

/** A server that listens; `serve` says what, once the address is known. */
export interface ListeningServer {
  port: number
  /** Its address from this machine, by number. */
  origin: string
  serve(served: Served): void
  close(): Promise<void>
}

/** The handler of every request of the sandbox. */
async function handle(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [pathname = '/', query] = (request.url ?? '/').split('?')
  if (isOfWindow(pathname, request.method)) return answerWindow(served.window, served.hostName, request, response)
  served.window.watch(request, response)
  if (await served.dataProviders.handle(request, response)) return
  const found = served.platforms.find(({ platform }) => `${pathname}/`.toLowerCase().startsWith(`${platform.prefix}/`))
  secureHeaders(response)
  if (!found) {
    sendPage(response, 404, errorPage('FranceConnect', new PageError('Y000404', `${pathname} n'existe pas`)), {
      stored: true
    })
    return
  }
  const { name } = found.platform
  const parameters = [...new URLSearchParams(query).keys()]
  response.once('close', () =>
    served.recorder.add({
      server: name,
      method: request.method ?? '',
      path: pathname,
      parameters,
      status: response.statusCode
    })
  )
  if (await strike(served.faults.take(name), request, response)) return
  const signed = name === 'franceConnectPlus' && /\/(token|userinfo)$/.test(pathname)
  if (signed && served.faults.take('franceConnectPlusSignature')) loseSignature(response)
  const server = await found.server
  await server.handle(request, response)
}

/**
 * Listens.
 *
 * @throws FST_FC_SANDBOX_PORT_TAKEN when something else listens there.
 */
export async function listen(port: number, address: string): Promise<ListeningServer> {
  let served: Served | undefined
  const server = createServer((request, response) => {
    if (!served) {
      response.statusCode = 503
      response.end()
      return
    }
    handle(served, request, response).catch(() => response.destroy())
  })
  await listening(server, port, address)
  const { port: taken } = server.address() as AddressInfo
  return {
    port: taken,
    origin: `http://${numberOf(address)}:${taken}`,
    serve(given) {
      served = given
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

/** Where a listening address is found from this machine: the unspecified ones are the loopback. */
function numberOf(address: string): string {
  const found = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address
  return found.includes(':') ? `[${found}]` : found
}

function listening(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new errors.portTaken(`port ${port} of ${address}`) : error)
    )
    server.listen(port, address, resolve)
  })
}
