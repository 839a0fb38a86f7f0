import { randomBytes } from 'node:crypto'
import { createSealer, type Sealer as WholeSealer } from 'franceconnect-protocol/seal'

/** Seals what is stored and hashes what is traced. The login plugin offers the same three. */
export type Sealer = Pick<WholeSealer, 'seal' | 'unseal' | 'hash'>

/** AES-256-GCM under keys of this plugin, derived from the secrets: the first seals and hashes, all open. */
export function sealerOf(secrets: readonly string[]): Sealer {
  return createSealer(secrets, 'fastify-fc-data')
}

/** The option's secrets, else the login plugin's; without either a key of this process, for a store in its memory. */
export function chooseSealer(secrets: readonly string[] | null, plugin: Sealer | null): Sealer {
  if (secrets) return sealerOf(secrets)
  return plugin ?? sealerOf([randomBytes(32).toString('hex')])
}
