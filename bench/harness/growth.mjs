import { lanes, median } from './lanes.mjs'
import { servers } from './stacks.mjs'
import { login, page } from './visits.mjs'
import { connections, startServer } from './world.mjs'

const width = 16
const ours = servers.find((stack) => stack.name === 'ours')

/** CPU of our pages and logins as sessions pile up on one server, and as more API are enabled. */
export async function growth(provider, { sessions, apis, repeats, pages }) {
  return {
    sessions: await onServer({}, provider, async (server, enter, visit) => {
      const rows = []
      const jars = []
      const one = async (i, lane) => {
        jars[i] = await enter(i, lane)
      }
      for (const count of sessions) {
        const from = jars.length
        await lanes(width, count - from, (i, lane) => one(from + i, lane))
        const runs = []
        for (let run = 0; run < repeats; run++)
          runs.push(await lanes(width, pages, (i, lane) => visit(jars[i % count], i % count, lane), server.cpuNs))
        rows.push({ count, pageUs: median(runs.map((run) => run.cpuNsEach)) / 1e3 })
      }
      return rows
    }),
    apis: await inTurn(apis, (count) =>
      onServer({ OTHER_APIS: String(count - 1) }, provider, async (server, enter, visit) => {
        const jars = []
        await lanes(width, 500, async (i, lane) => {
          jars[i] = await enter(i, lane)
        })
        const logins = []
        const visits = []
        for (let run = 0; run < repeats; run++) {
          logins.push(await lanes(width, 300, enter, server.cpuNs))
          visits.push(await lanes(width, pages, (i, lane) => visit(jars[i % 500], i % 500, lane), server.cpuNs))
        }
        const us = (runs) => median(runs.map((run) => run.cpuNsEach)) / 1e3
        return { count, coldMs: server.coldMs, loginUs: us(logins), pageUs: us(visits) }
      })
    )
  }
}

async function inTurn(values, work) {
  const results = []
  for (const value of values) results.push(await work(value))
  return results
}

async function onServer(env, provider, work) {
  const server = await startServer(ours, { env })
  const sockets = connections(width, server.port)
  const toProvider = connections(width, provider.port)
  try {
    return await work(
      server,
      (i, lane) => login(sockets[lane], toProvider[lane], i, server.urls),
      (jar, user, lane) => page(sockets[lane], jar, user)
    )
  } finally {
    for (const socket of [...sockets, ...toProvider]) socket.close()
    await server.stop()
  }
}
