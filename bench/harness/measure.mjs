import { lanes } from './lanes.mjs'
import { data, login, logout, page } from './visits.mjs'
import { connections, startServer } from './world.mjs'

const width = 16
export const concurrencies = [1, 16, 128, 512]

/** One stack, one round: CPU per login, page and data call of its process alone, with every answer checked. */
export async function measure(stack, provider, sizes) {
  const server = await startServer(stack)
  const sockets = connections(512, server.port)
  const toProvider = connections(width, provider.port)
  const enter = (i, lane) => login(sockets[lane], toProvider[lane], i, server.urls)
  const result = { coldMs: server.coldMs }
  try {
    const jars = stack.bare ? [] : await logins(result)
    await calls(result, jars)
    if (!stack.bare) {
      for (const jar of jars.slice(0, 10)) await logout(sockets[0], jar, stack.sessionInCookie)
      result.forged = await forged()
    }
    return result
  } finally {
    for (const socket of [...sockets, ...toProvider]) socket.close()
    await server.stop()
  }

  async function logins(result) {
    const first = performance.now()
    await enter(0, 0)
    result.firstLoginMs = performance.now() - first
    await lanes(width, sizes.warm, enter)
    const jars = []
    await provider.ask('/__stats')
    const one = async (i, lane) => {
      jars[i] = await enter(i, lane)
    }
    const run = await lanes(width, sizes.logins, one, server.cpuNs)
    result.loginUs = run.cpuNsEach / 1e3
    result.loginsPerSecond = run.perSecond
    const seen = await provider.ask('/__stats')
    if (seen.errors > 0) throw new Error(`${stack.name}: ${seen.errors} requests that the provider refused`)
    result.callsPerLogin = Object.fromEntries(Object.entries(seen).map(([name, count]) => [name, count / sizes.logins]))
    const anonymous = await sockets[0].get('/me')
    if (anonymous.status !== 401) throw new Error(`${stack.name}: anonymous page ${anonymous.status}`)
    const visit = (i, lane) => page(sockets[lane], jars[i % jars.length], i % jars.length)
    await lanes(width, sizes.logins, visit)
    result.pageUs = (await lanes(width, sizes.pages, visit, server.cpuNs)).cpuNsEach / 1e3
    return jars
  }

  // A jar belongs to one lane, so that rolling cookies never race and no two calls of one login are alike.
  async function calls(result, jars) {
    const one = (i, lane) => {
      const user = stack.bare ? 0 : lane % jars.length
      return data(sockets[lane], stack.bare ? null : jars[user], user, i % 7)
    }
    await lanes(16, sizes.calls, one)
    await lanes(512, Math.max(512, sizes.calls), one)
    for (const concurrency of concurrencies) {
      const total = Math.max(concurrency, concurrency === 1 ? sizes.calls / 5 : sizes.calls)
      await provider.ask('/__stats')
      const run = await lanes(concurrency, total, one, server.cpuNs)
      const seen = await provider.ask('/__stats')
      if (seen.data !== total) throw new Error(`${stack.name}: ${seen.data} calls upstream for ${total}`)
      result[`data${concurrency}Us`] = run.cpuNsEach / 1e3
      result[`data${concurrency}Connections`] = seen.connections
    }
  }

  async function forged() {
    const outcome = {}
    for (const what of ['id', 'ui', 'nonce']) {
      await provider.ask(`/__tamper?${what}`)
      try {
        await page(sockets[0], await enter(1, 0), 1)
        outcome[what] = what === 'ui' && stack.json ? 'unsigned' : 'ACCEPTED'
      } catch {
        outcome[what] = 'refused'
      }
    }
    await provider.ask('/__tamper?')
    return outcome
  }
}

/** Heap and external memory that one session adds, in bytes, after garbage collection. */
export async function memoryOf(stack, provider, sessions) {
  const server = await startServer(stack, { measureMemory: true })
  const sockets = connections(width, server.port)
  const toProvider = connections(width, provider.port)
  const enter = (i, lane) => login(sockets[lane], toProvider[lane], i, server.urls)
  try {
    await lanes(width, 1000, enter)
    const before = Number(await server.ask('SIGUSR2'))
    await lanes(width, sessions, enter)
    return (Number(await server.ask('SIGUSR2')) - before) / sessions
  } finally {
    for (const socket of [...sockets, ...toProvider]) socket.close()
    await server.stop()
  }
}
