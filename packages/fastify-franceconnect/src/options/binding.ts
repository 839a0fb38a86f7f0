import { createHash } from 'node:crypto'
import type { Settings } from './options.ts'

/** What a registration is, for its keys: one secret for two services opens nothing of one at the other. */
export function bindingOf({ issuer, clientId, baseUrl, prefix, routes }: Settings): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, clientId, baseUrl + prefix + routes.callback]))
    .digest('hex')
}
