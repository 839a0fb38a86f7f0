import { data, login, page } from './visits.mjs'
import { connections, startServer } from './world.mjs'

const width = 16

/** A running stack with its citizens, each by a number, over sixteen connections. */
export async function startSite(stack, provider, env = {}) {
  const server = await startServer(stack, { env })
  const sockets = connections(width, server.port)
  const toProvider = connections(width, provider.port)
  const jars = []
  return {
    stack,
    cpuNs: server.cpuNs,
    async enter(citizen, lane) {
      jars[citizen] = await login(sockets[lane], toProvider[lane], citizen, server.urls)
    },
    visit: (citizen, lane) => page(sockets[lane], jars[citizen], citizen),
    call: (citizen, n) => data(sockets[citizen], jars[citizen], citizen, n),
    async stop() {
      for (const socket of [...sockets, ...toProvider]) socket.close()
      await server.stop()
    }
  }
}
