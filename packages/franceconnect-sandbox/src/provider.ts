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

const EngineClass = await load()

/** The OpenID Connect engine, the one on which FranceConnect is built. */
export const createEngine = (issuer: string, configuration: Configuration): Engine =>
  new EngineClass(issuer, configuration)
