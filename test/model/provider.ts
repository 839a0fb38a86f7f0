import { Agent, type Dispatcher } from 'undici'
import { openLogin, refusalOfAuthorize } from '../hostile/honest.ts'
import { type HostileProvider, startProvider } from '../hostile/provider.ts'
import type { Gates, Visit } from './gates.ts'
import type { Outside } from './outside.ts'

/** FranceConnect over HTTP, on this machine: real keys, signatures and sockets; each request waits at a gate first. */
export interface GatedProvider {
  issuer: string
  dispatcher: Dispatcher
  /** The citizen says yes: where the browser is sent back. */
  authorize(url: string, sub: string): string
  close(): Promise<void>
}

/** `asked` is told whose request asks for tokens. */
export async function startGatedProvider(
  gates: Gates,
  outside: Outside,
  asked: (visit: Visit | null) => void
): Promise<GatedProvider> {
  const provider: HostileProvider = await startProvider()
  // a connection a request: what is kept alive closes by a clock of its own
  const agent = new Agent({ pipelining: 0 })
  return {
    issuer: provider.issuer,
    dispatcher: agent.compose((dispatch) => (options, handler) => {
      if (options === null) return dispatch(options, handler)
      const go = () => void dispatch(options, counted(handler, outside))
      const held = /\/(token|userinfo)$/.exec(options.path)?.[1]
      if (held === 'token') asked(gates.current())
      if (held === undefined) go()
      else gates.hold(held, go, () => handler.onResponseError?.(nobody, new Error('the connection was lost')))
      return true
    }),
    authorize(url, sub) {
      const query = new URL(url).searchParams
      const refusal = refusalOfAuthorize(query)
      if (refusal !== undefined) throw new Error(refusal)
      const login = openLogin(query, sub)
      provider.logins.push(login)
      const back = { code: login.code, state: login.state, iss: provider.issuer }
      return `${login.redirectUri}?${new URLSearchParams(back)}`
    },
    async close() {
      await agent.destroy()
      await provider.close()
    }
  }
}

/** Who has nothing to stop. */
const nobody = { abort() {} } as unknown as Dispatcher.DispatchController

/** The same handler, its exchange counted among what is under way. */
function counted(handler: Dispatcher.DispatchHandler, outside: Outside): Dispatcher.DispatchHandler {
  outside.enter()
  return {
    onRequestStart: (...given) => handler.onRequestStart?.(...given),
    onResponseStart: (...given) => handler.onResponseStart?.(...given),
    onResponseData: (...given) => handler.onResponseData?.(...given),
    onResponseEnd(...given) {
      outside.leave()
      handler.onResponseEnd?.(...given)
    },
    onResponseError(...given) {
      outside.leave()
      handler.onResponseError?.(...given)
    }
  }
}
