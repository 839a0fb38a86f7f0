import { fileURLToPath } from 'node:url'
import { freePort, startChild } from './child.mjs'
import { Connection } from './connection.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const providerPort = await freePort()
const providerUrl = `http://127.0.0.1:${providerPort}`

/** Starts the provider; `ask(path)` reads one of its control routes. */
export async function startProvider() {
  const child = await startChild(here('provider.mjs'), { core: 1, env: { PORT: String(providerPort) } })
  const control = new Connection(providerPort)
  return {
    port: providerPort,
    cpuNs: child.cpuNs,
    ask: async (path) => JSON.parse((await control.get(path)).body),
    async stop() {
      control.close()
      await child.stop()
    }
  }
}

/** Starts one stack on a port of its own, told where the provider is. */
export async function startServer(stack, { measureMemory = false, preload, env = {} } = {}) {
  const port = await freePort()
  const child = await startChild(stack.file, {
    core: 0,
    nodeArgs: measureMemory ? ['--expose-gc', '-r', here('memory-probe.cjs')] : preload ? ['-r', preload] : [],
    env: {
      PORT: String(port),
      BASE_URL: `http://127.0.0.1:${port}`,
      ISSUER: `${providerUrl}/api/v2`,
      CLIENT_ID: stack.json ? 'bench-client-json' : 'bench-client',
      CLIENT_SECRET: 'bench-secret-0123456789',
      DATA_BASE: `${providerUrl}/data`,
      DATA_TOKEN: 'j00000000.fixed-token-of-the-bare-clients',
      SESSION_SECRET: 'bench-session-secret-0123456789abcdefgh',
      ...stack.env,
      ...env
    }
  })
  return { ...child, port, urls: { serverUrl: `http://127.0.0.1:${port}`, providerUrl } }
}

export const connections = (count, port) => Array.from({ length: count }, () => new Connection(port))
