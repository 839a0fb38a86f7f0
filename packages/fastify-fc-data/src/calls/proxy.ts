import type { FastifyBaseLogger } from 'fastify'

const NAMES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']

/** Says once at boot that a proxy of the environment is not followed. Its address may hold a password: it is not told. */
export function warnOfProxy(log: FastifyBaseLogger): void {
  const name = NAMES.find((name) => process.env[name])
  if (name === undefined) return
  log.warn(
    { variable: name },
    `fcData: ${name} is set and not followed: give the option dispatcher: new EnvHttpProxyAgent() (undici 7)`
  )
}
