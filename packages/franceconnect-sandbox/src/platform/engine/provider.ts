import type Provider from 'oidc-provider'
import type { Configuration } from 'oidc-provider'

export type { Adapter, AdapterPayload, ClientMetadata, Configuration, KoaContextWithOIDC } from 'oidc-provider'
export type Engine = Provider

/** Loads the engine without its remark on Node.js 20, on which the tests of this package run it. */
async function load(): Promise<typeof Provider> {
  const { warn } = console
  console.warn = (...words) => {
    if (!String(words[0]).includes('Unsupported runtime')) warn(...words)
  }
  try {
    return (await import('oidc-provider')).default
  } finally {
    console.warn = warn
  }
}

const models = [
  'AccessToken',
  'AuthorizationCode',
  'Client',
  'Grant',
  'IdToken',
  'Interaction',
  'ReplayDetection',
  'Session'
] as const

/** Gives the engine's classes their names again: it keeps and finds its records by them, and a minifier shortens them. */
function named(engine: Engine): Engine {
  for (const name of models) Object.defineProperty(engine[name], 'name', { value: name, configurable: true })
  return engine
}

let loaded: Promise<typeof Provider> | undefined

/**
 * Loads the OpenID Connect engine, the one on which FranceConnect is built; answers what makes one. When it is called and
 * not when this file is imported: a CommonJS test cannot require a module that awaits.
 */
export async function loadEngine(): Promise<(issuer: string, configuration: Configuration) => Engine> {
  loaded ??= load()
  const EngineClass = await loaded
  return (issuer, configuration) => named(new EngineClass(issuer, configuration))
}
