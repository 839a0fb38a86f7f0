import type { IncomingMessage, ServerResponse } from 'node:http'
import { loggedOut, logoutStarted } from '../interaction/logout.ts'
import { PageError } from '../pages/page-error.ts'
import { readBody } from '../platform/body.ts'
import { clientKeysFetch } from '../platform/client-keys.ts'
import type { PlatformContext } from '../platform/context.ts'
import { firstSignatureKeys, type SignatureKey, signatureKeys } from '../platform/engine/keys.ts'
import { type Engine, loadEngine } from '../platform/engine/provider.ts'
import { createPlatformSessions, secret } from '../platform/engine/sessions.ts'
import { createEngineStore } from '../platform/engine/store.ts'
import { watchAnswers } from '../platform/engine-call.ts'
import { engineConfiguration } from '../platform/engine-configuration.ts'
import { addressed, usesSession } from '../platform/path.ts'
import { explainJsonErrors, renderEngineError, renderPageError } from '../platform/rendering.ts'
import { route } from './routes.ts'

type Given = Pick<
  PlatformContext,
  | 'platform'
  | 'issuer'
  | 'clock'
  | 'people'
  | 'clients'
  | 'dataProviders'
  | 'faults'
  | 'automaticCitizen'
  | 'plusChecktoken'
>

/** FranceConnect or FranceConnect+, as one handler of requests under its prefix. */
export interface PlatformServer {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** New signature keys under the same labels. */
  rotateKeys(): Promise<void>
  /** The present signature keys, private. */
  readonly keys: SignatureKey[]
  /** Has the engine forget what it caches of the clients: their life times are counted on the sandbox's clock. */
  refresh(): void
}

/** Starts a platform. Resolves once its keys exist. */
export async function platformServer(given: Given): Promise<PlatformServer> {
  const { platform, issuer, clock, clients, people } = given
  const store = createEngineStore(clock)
  const cookieKeys = [secret()]
  const fetch = clientKeysFetch(clients, clock)
  const createEngine = await loadEngine()
  let keys = await firstSignatureKeys(platform)
  let engine = start()

  const context: PlatformContext = {
    ...given,
    store,
    sessions: createPlatformSessions(clock, platform),
    get engine() {
      return engine
    },
    get keys() {
      return keys
    }
  }

  function start(): Engine {
    const started = createEngine(
      issuer,
      engineConfiguration({
        platform,
        issuer,
        people,
        clients,
        keys,
        store,
        cookieKeys,
        fetch,
        renderError: (ctx, out, error) => renderEngineError(context, ctx, out, error),
        renderLogout: (ctx, form) => logoutStarted(context, ctx, form),
        renderLoggedOut: (ctx) => loggedOut(context, ctx)
      })
    )
    watchAnswers(started)
    explainJsonErrors(started)
    return started
  }

  return {
    async handle(request, response) {
      // The engine builds its addresses on this header: a visit by another name would lose its cookies.
      request.headers.host = new URL(issuer).host
      const [address = '', ...query] = (request.url ?? '/').split('?')
      const visit = {
        request,
        response,
        ...addressed(address.slice(platform.prefix.length)),
        query: new URLSearchParams(query.join('?'))
      }
      try {
        await readBody(platform, request)
        if (usesSession(visit.path)) context.sessions.visited(request, response)
        await route(context, visit)
      } catch (error) {
        renderPageError(context, visit, error instanceof PageError ? error : new PageError('Y000000'))
      }
    },
    get keys() {
      return keys
    },
    async rotateKeys() {
      keys = await signatureKeys(platform)
      engine = start()
    },
    refresh() {
      engine = start()
    }
  }
}
