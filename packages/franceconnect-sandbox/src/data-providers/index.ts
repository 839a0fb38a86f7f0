import { apiParticulier } from './api-particulier/server.ts'
import type { ApiParticulierSettings } from './api-particulier/settings.ts'
import { cnam, cnamApiKey } from './cnam/server.ts'
import type { DataProviderContext, DataProviderServer } from './data-provider-context.ts'
import { dgfipAccount } from './dgfip/gateway-token.ts'
import { dgfip } from './dgfip/server.ts'
import { bodyOf, type Call } from './exchange.ts'
import { franceTravail } from './france-travail/server.ts'
import { reply } from './misbehave.ts'
import type { NoFileSettings } from './no-file.ts'

/**
 * The data providers that FranceConnect's tokens open, each under a base URL of its own on the sandbox's origin.
 * Every call asks FranceConnect about the token over HTTP, with the credentials of that provider.
 */
export function dataProviders(
  context: DataProviderContext,
  settings: ApiParticulierSettings = {},
  noFile: NoFileSettings = {}
): DataProviderServer {
  const providers = [
    apiParticulier(context, settings),
    dgfip(context, noFile.dgfip),
    cnam(context, noFile.cnam),
    franceTravail(context, noFile.franceTravail)
  ]
  const at = (basePath: string) => `${context.baseUrl()}${basePath}`

  return {
    clients: providers.map((provider) => provider.client),
    apis: providers.flatMap(({ apis }) => apis),
    at(path) {
      const provider = providers.find(({ basePath }) => path.startsWith(`${basePath}/`))
      if (!provider) return undefined
      const below = path.slice(provider.basePath.length)
      return { provider: provider.name, api: provider.apiOf(below), fields: provider.fieldsOf(below) }
    },

    async handle(request, response) {
      const url = new URL(request.url ?? '/', 'http://sandbox')
      const provider = providers.find(({ basePath }) => url.pathname.startsWith(`${basePath}/`))
      if (!provider) return false
      const call: Call = {
        method: request.method ?? 'GET',
        path: url.pathname.slice(provider.basePath.length),
        query: url.searchParams,
        headers: request.headers,
        body: await bodyOf(request),
        address: request.socket.remoteAddress ?? ''
      }
      const api = provider.apiOf(call.path)
      const fault = context.faults.take(...(api ? [api, provider.name] : [provider.name]))
      const status = await reply(provider, call, fault, request, response)
      context.record({ provider: provider.name, api, method: call.method, path: url.pathname, status })
      return true
    },

    get options() {
      return {
        providers: {
          apiParticulier: { recipient: '13002526500013', baseUrl: at('/api-particulier') },
          dgfip: { baseUrl: at('/dgfip'), tokenUrl: at('/dgfip/token'), ...dgfipAccount },
          cnam: { baseUrl: at('/cnam'), apiKey: cnamApiKey },
          franceTravail: { baseUrl: at('/france-travail') }
        }
      }
    }
  }
}
