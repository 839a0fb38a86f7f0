import { createRequire } from 'node:module'

const { name, version } = createRequire(import.meta.url)('fastify-fc-data/package.json') as {
  name: string
  version: string
}

/** Sent with every call: firewalls in front of providers refuse requests without one. */
export const USER_AGENT = `${name}/${version}`
